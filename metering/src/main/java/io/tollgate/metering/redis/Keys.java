package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;

/** The names of what is kept in Redis, encoded once per partition. All of a partition's keys share its hash tag. */
public final class Keys {

    private final Partitions partitions;
    private final OfPartition[] all;

    public Keys(Partitions partitions) {
        this.partitions = partitions;
        this.all = partitions.all().map(OfPartition::new).toArray(OfPartition[]::new);
    }

    public OfPartition of(Partition partition) {
        return all[partition.number()];
    }

    public OfPartition of(AccountId account) {
        return of(partitions.of(account));
    }

    /**
     * One partition's keys. A prefix is followed by an account's id and, for a hold, a colon and the hold's.
     *
     * @param head id of its last event
     * @param usage stream of events
     * @param deadlines sorted set of open holds
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; the arrays are written to the wire as they are
    public record OfPartition(
            Partition partition, byte[] head, byte[] usage, byte[] deadlines, byte[] accountPrefix, byte[] holdPrefix) {

        OfPartition(Partition partition) {
            this(
                    partition,
                    key(partition, "head"),
                    key(partition, "usage"),
                    key(partition, "deadlines"),
                    key(partition, "account:"),
                    key(partition, "hold:"));
        }

        private static byte[] key(Partition partition, String name) {
            return ("{tg:" + partition.number() + "}:" + name).getBytes(US_ASCII);
        }
    }
}
