package io.tollgate.metering.usage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What followed a position of a partition's stream when it was read.
 *
 * @param anchor the entry at the position itself, which trimming leaves in place; null if there is none
 * @param entries those behind the position, in order, without it
 */
public record UsageBatch(@Nullable UsageEntry anchor, List<UsageEntry> entries) {

    public UsageBatch {
        entries = List.copyOf(entries);
    }
}
