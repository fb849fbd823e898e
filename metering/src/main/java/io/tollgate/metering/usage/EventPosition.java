package io.tollgate.metering.usage;

/**
 * Where an event stands in its partition: the {@code number}-th of its epoch. Number 0 is the place before the first.
 *
 * <p>As text it is the stream entry's id, {@code <epoch>-<number>}.
 */
public record EventPosition(long epoch, long number) implements Comparable<EventPosition> {

    /** Before everything. */
    public static final EventPosition START = new EventPosition(0, 0);

    public EventPosition {
        if (epoch < 0 || number < 0) {
            throw new IllegalArgumentException("position below zero: " + epoch + "-" + number);
        }
    }

    public static EventPosition parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("not <epoch>-<number>: " + text);
        }
        return new EventPosition(Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
    }

    @Override
    public int compareTo(EventPosition other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return epoch + "-" + number;
    }
}
