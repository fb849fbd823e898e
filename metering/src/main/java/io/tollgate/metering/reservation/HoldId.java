package io.tollgate.metering.reservation;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names a hold. A UUID of version 7 (RFC 9562 §5.7): it carries its birth time, from which its event's day follows and by which
 * the live store tells a settle that comes too late.
 */
public record HoldId(UUID value) {

    public HoldId {
        if (value.version() != 7) {
            throw new IllegalArgumentException("not a UUID of version 7: " + value);
        }
    }

    /** A new id, born at {@code nowMillis}. Unguessable enough to be unique, not to be a secret. */
    public static HoldId bornAt(long nowMillis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (nowMillis << 16) | 0x7000 | (random.nextInt() & 0xFFF);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new HoldId(new UUID(high, low));
    }

    public static HoldId parse(String text) {
        return new HoldId(UUID.fromString(text));
    }

    public long bornAtMillis() {
        return value.getMostSignificantBits() >>> 16;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
