/**
 * Whatever changes an account from outside (grant, freeze, late charge): numbered without gaps per account, written in
 * Postgres with its cause, applied strictly in order by the live store, delivered by the courier if a push is lost.
 */
@NullMarked
package io.tollgate.metering.command;

import org.jspecify.annotations.NullMarked;
