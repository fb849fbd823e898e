/**
 * How an account wants to be told, as its owner and the operator write and read it.
 */
@NullMarked
package io.tollgate.gateway.contact;

import org.jspecify.annotations.NullMarked;
