package io.tollgate.metering.usage;

import io.tollgate.metering.account.Partition;
import java.util.List;

/** What was read from one partition's stream, in order. */
public record PartitionEntries(Partition partition, List<UsageEntry> entries) {

    public PartitionEntries {
        entries = List.copyOf(entries);
    }
}
