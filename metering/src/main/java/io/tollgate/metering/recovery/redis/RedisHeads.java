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
import java.util.List;
import reactor.core.publisher.Mono;

/** The heads, which the scripts move on and {@code open} replaces. */
final class RedisHeads implements Heads {

    private static final LuaScript OPEN = LuaScript.of("recovery/redis/open");
    private static final byte[] EPOCH = {'e'};
    private static final byte[] NUMBER = {'n'};

    private final RedisConnections connections;
    private final Keys keys;

    RedisHeads(RedisConnections connections, Keys keys) {
        this.connections = connections;
        this.keys = keys;
    }

    @Override
    public Mono<Epoch> head(Partition partition) {
        return connections
                .ask(redis -> redis.hmget(keys.of(partition).head(), EPOCH, NUMBER))
                .map(RedisHeads::found);
    }

    @Override
    public Mono<Epoch> open(Partition partition, long epoch) {
        return Mono.defer(() -> connections
                .run(OPEN, new ScriptArguments(1).add(keys.of(partition).head()).add(epoch))
                .map(reply -> new Epoch(reply.number(1), reply.lastEvent())));
    }

    private static Epoch found(List<KeyValue<byte[], byte[]>> fields) {
        return new Epoch(number(fields.getFirst()), number(fields.getLast()));
    }

    private static long number(KeyValue<byte[], byte[]> field) {
        return field.hasValue() ? Long.parseLong(new String(field.getValue(), US_ASCII)) : 0;
    }
}
