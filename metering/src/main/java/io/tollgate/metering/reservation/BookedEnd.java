package io.tollgate.metering.reservation;

import io.tollgate.metering.credit.Credits;

/** How a hold ended by the book. */
public sealed interface BookedEnd {

    /** With a charge. */
    record Charged(Credits charged, Credits uncollected) implements BookedEnd {}

    /** Given back by its caller. */
    record Released() implements BookedEnd {}

    /** Given back at its deadline. */
    record Expired() implements BookedEnd {}
}
