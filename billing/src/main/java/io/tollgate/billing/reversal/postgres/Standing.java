package io.tollgate.billing.reversal.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;

/**
 * What the book has of a payment that (partly) went back.
 *
 * @param steps how many times credit was taken or given back
 * @param outMinor the money that is really out
 */
record Standing(long claimedMicros, long takenMicros, long givenBackMicros, long steps, long outMinor) {

    static Standing of(Readable row) {
        return new Standing(
                number(row, "claimed_micros"),
                number(row, "taken_micros"),
                number(row, "given_back_micros"),
                number(row, "steps"),
                number(row, "out_minor"));
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
