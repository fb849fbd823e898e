/** Holds in Redis: two scripts per call, and a loop that expires what nobody ended. */
@NullMarked
package io.tollgate.metering.reservation.redis;

import org.jspecify.annotations.NullMarked;
