package io.tollgate.metering.usage;

import java.util.List;

/**
 * What followed a position of a partition's stream when it was read.
 *
 * @param anchor whether the position itself was still found
 * @param entries those behind the position, in order, without it
 */
public record UsageBatch(Anchor anchor, List<UsageEntry> entries) {

    /** Whether the entry at the position read from is where trimming must have left it. */
    public enum Anchor {
        /** It is there, or the position is the place before an epoch's first event. */
        FOUND,
        /** It is not: the stream has lost entries, unless the book has moved on to a newer epoch since. */
        MISSING
    }

    public UsageBatch {
        entries = List.copyOf(entries);
    }
}
