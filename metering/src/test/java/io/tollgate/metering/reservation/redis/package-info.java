@NullMarked
package io.tollgate.metering.reservation.redis;

import org.jspecify.annotations.NullMarked;
