/**
 * Holds on prepaid credit: {@code hold} before the work, then exactly one of settle, release or expire.
 * Nothing here knows about HTTP, Redis or Spring.
 */
@NullMarked
package io.tollgate.metering.reservation;

import org.jspecify.annotations.NullMarked;
