package io.tollgate.metering.account;

import io.tollgate.metering.credit.Credits;

/**
 * Where an account stands, in micro-credits.
 *
 * @param postedMicros what is booked; below zero is debt
 * @param heldMicros what open holds keep
 */
public record Balance(long postedMicros, long heldMicros) {

    public Balance {
        if (heldMicros < 0) {
            throw new IllegalArgumentException("held below zero: " + heldMicros);
        }
    }

    /** Posted less held; may be below zero after overage or a clawback. */
    public long availableMicros() {
        return postedMicros - heldMicros;
    }

    /** What a new hold could take: {@link #availableMicros()}, or zero where that is below. */
    public Credits spendable() {
        return Credits.ofMicros(Math.max(0, availableMicros()));
    }
}
