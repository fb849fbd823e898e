package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.account.Partition;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageEntry;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is booked.
 *
 * @param epoch the partition's; {@code booked} may be of an older one
 * @param openEpoch below {@code epoch} while the partition is being recovered
 * @param bookedMark of the entry at {@code booked}; empty where nothing is known of it
 * @param marked where {@code booked} stood some time ago
 * @param markIsOld whether that is long enough ago for what lies below to be trimmed
 */
record StreamCursor(
        Partition partition,
        long epoch,
        long openEpoch,
        EventPosition booked,
        String bookedMark,
        EventPosition marked,
        boolean markIsOld) {

    boolean isOpen() {
        return openEpoch == epoch;
    }

    /** Whether the entry found at {@code booked} is the one that was booked; a newer epoch may have begun with an empty stream. */
    boolean fits(@Nullable UsageEntry anchor) {
        if (booked.epoch() < epoch || booked.number() == 0) {
            return true;
        }
        return anchor != null
                && (anchor.mark().isEmpty()
                        || bookedMark.isEmpty()
                        || anchor.mark().equals(bookedMark));
    }

    boolean isTrimmable() {
        return markIsOld && marked.number() > 0;
    }

    StreamCursor after(UsageBatch batch) {
        if (batch.entries().isEmpty()) {
            return at(booked, bookedMark);
        }
        UsageEntry last = batch.entries().getLast();
        return at(last.position(), last.mark());
    }

    private StreamCursor at(EventPosition last, String mark) {
        return new StreamCursor(partition, epoch, openEpoch, last, mark, markIsOld ? last : marked, markIsOld);
    }
}
