package io.tollgate.metering.recovery.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.KeyValue;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Heads;
import io.tollgate.metering.redis.Keys;
import io.tollgate.metering.redis.LuaScript;
import io.tollgate.metering.redis.RedisConnections;
import io.tollgate.metering.redis.ScriptArguments;
import io.tollgate.metering.usage.EventPosition;
import java.util.List;
import reactor.core.publisher.Mono;

/** The heads, which the scripts move on and {@code open} replaces. */
final class RedisHeads implements Heads {

    private static final LuaScript OPEN = LuaScript.of("recovery/redis/open");

    private final RedisConnections connections;
    private final Keys keys;

    RedisHeads(RedisConnections connections, Keys keys) {
        this.connections = connections;
        this.keys = keys;
    }

    @Override
    public Mono<Epoch> head(Partition partition) {
        return connections.ask(redis -> redis.mget(keys.of(partition).head())).map(RedisHeads::found);
    }

    @Override
    public Mono<Epoch> open(Partition partition, long epoch) {
        return Mono.defer(() -> connections
                .run(OPEN, new ScriptArguments(1).add(keys.of(partition).head()).add(epoch))
                .map(reply -> new Epoch(reply.number(1), reply.lastEvent())));
    }

    // What an older version of the product left behind is a hash, which MGET reads as absent.
    private static Epoch found(List<KeyValue<byte[], byte[]>> head) {
        if (!head.getFirst().hasValue()) {
            return new Epoch(0, 0);
        }
        EventPosition last = EventPosition.parse(new String(head.getFirst().getValue(), US_ASCII));
        return new Epoch(last.epoch(), last.number());
    }
}
