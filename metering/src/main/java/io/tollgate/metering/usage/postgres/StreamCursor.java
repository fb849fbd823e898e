package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageBatch;

/**
 * How far a partition is booked.
 *
 * @param epoch the partition's; {@code booked} may be of an older one
 * @param marked where {@code booked} stood some time ago
 * @param markIsOld whether that is long enough ago for what lies below to be trimmed
 */
record StreamCursor(Partition partition, long epoch, EventPosition booked, EventPosition marked, boolean markIsOld) {

    /** Whether the stream must still have the entry at {@code booked}: a newer epoch may have begun with an empty one. */
    boolean expectsAnchor() {
        return booked.epoch() == epoch && booked.number() > 0;
    }

    boolean isTrimmable() {
        return markIsOld && marked.number() > 0;
    }

    StreamCursor after(UsageBatch batch) {
        EventPosition last =
                batch.entries().isEmpty() ? booked : batch.entries().getLast().position();
        return new StreamCursor(partition, epoch, last, markIsOld ? last : marked, markIsOld);
    }
}
