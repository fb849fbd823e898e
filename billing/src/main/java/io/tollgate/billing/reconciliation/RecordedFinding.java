package io.tollgate.billing.reconciliation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding on record.
 *
 * @param attempts how often its repair was begun
 * @param repairEvent the event that is to put it right, or has
 * @param closedBecause why it is no longer open, or why its last repair came to nothing
 */
public record RecordedFinding(
        long number,
        Finding finding,
        State state,
        int attempts,
        @Nullable String repairEvent,
        @Nullable String closedBecause,
        Instant firstSeenAt,
        Instant lastSeenAt) {

    /** What became of it. */
    public enum State {
        OPEN,
        /** The event that puts it right is in the inbox. */
        REPAIRING,
        REPAIRED,
        /** An operator has said that it is as it should be. */
        DISMISSED
    }

    /** The id of the event that the next repair puts into the inbox; the same again until that repair is on record. */
    String nextEvent() {
        return "evt_tollgate_" + number + "_" + (attempts + 1);
    }
}
