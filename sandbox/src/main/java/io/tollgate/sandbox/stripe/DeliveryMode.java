package io.tollgate.sandbox.stripe;

/**
 * How webhooks leave from now on: {@code duplicates} more copies of each, {@code delayMillis} later, never
 * ({@code drop}), in random order ({@code shuffle}), or only when flushed ({@code hold}).
 */
public record DeliveryMode(int duplicates, long delayMillis, boolean drop, boolean shuffle, boolean hold) {
    private static final int DUPLICATES_MAX = 100;
    private static final long DELAY_MILLIS_MAX = 600_000;

    public static final DeliveryMode NORMAL = new DeliveryMode(0, 0, false, false, false);
    public static final DeliveryMode HELD = new DeliveryMode(0, 0, false, false, true);
    public static final DeliveryMode DROPPED = new DeliveryMode(0, 0, true, false, false);
    public static final DeliveryMode SHUFFLED = new DeliveryMode(0, 0, false, true, false);

    public DeliveryMode {
        if (duplicates < 0 || duplicates > DUPLICATES_MAX) {
            throw new IllegalArgumentException("duplicates out of range [0, 100]: " + duplicates);
        }
        if (delayMillis < 0 || delayMillis > DELAY_MILLIS_MAX) {
            throw new IllegalArgumentException("delayMillis out of range [0, 600000]: " + delayMillis);
        }
    }

    public static DeliveryMode duplicated(int duplicates) {
        return new DeliveryMode(duplicates, 0, false, false, false);
    }

    public static DeliveryMode delayed(long delayMillis) {
        return new DeliveryMode(0, delayMillis, false, false, false);
    }
}
