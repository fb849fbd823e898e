package io.tollgate.metering.usage.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XTrimArgs;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageStream;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads streams from their anchor on: {@code XRANGE} is inclusive, so one command tells both. */
final class RedisUsageStream implements UsageStream {

    private final RedisConnections connections;
    private final Keys keys;

    RedisUsageStream(RedisConnections connections, Keys keys) {
        this.connections = connections;
        this.keys = keys;
    }

    @Override
    public Mono<UsageBatch> read(Partition partition, EventPosition after, int count) {
        Range<String> from = Range.from(Range.Boundary.including(after.toString()), Range.Boundary.<String>unbounded());
        return connections
                .ask(redis -> redis.xrange(keys.of(partition).usage(), from, Limit.from(count + 1L)))
                .map(messages -> batch(messages, after, count));
    }

    @Override
    public Mono<Void> trim(Partition partition, EventPosition oldestKept) {
        XTrimArgs below = new XTrimArgs().minId(oldestKept.toString()).exactTrimming();
        return connections
                .ask(redis -> redis.xtrim(keys.of(partition).usage(), below))
                .then();
    }

    private static UsageBatch batch(List<StreamMessage<byte[], byte[]>> messages, EventPosition after, int count) {
        boolean anchored = !messages.isEmpty() && messages.getFirst().getId().equals(after.toString());
        return new UsageBatch(
                anchored ? EntryReader.read(messages.getFirst()) : null,
                messages.stream()
                        .skip(anchored ? 1 : 0)
                        .limit(count)
                        .map(EntryReader::read)
                        .toList());
    }
}
