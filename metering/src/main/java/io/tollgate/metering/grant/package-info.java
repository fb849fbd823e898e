/**
 * Credit given to an account, bought or for free: one immutable grant per cause, delivered as a numbered command.
 */
@NullMarked
package io.tollgate.metering.grant;

import org.jspecify.annotations.NullMarked;
