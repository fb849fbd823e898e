/**
 * What the gateway has to understand of a provider's API: the few request fields that decide what a call may cost, the usage in an answer, the shape of an error. Pure: bytes in, facts out.
 */
@NullMarked
package io.tollgate.gateway.dialect;

import org.jspecify.annotations.NullMarked;
