/**
 * The HTTP edge and the application: {@link io.tollgate.gateway.MeteredCalls} shows the life of a call.
 */
@NullMarked
package io.tollgate.gateway;

import org.jspecify.annotations.NullMarked;
