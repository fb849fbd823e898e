package io.tollgate.metering.wiring.model;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.redis.Packed;
import io.tollgate.metering.reservation.HoldId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Redis without the product in between: to see what is there, and to lose it. */
final class RawPartitions implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A key of a hold, open or ended, as a script wrote it. */
    sealed interface Hold {
        record Open(long total, long deadline) implements Hold {}

        record Settled(long charged, long uncollected) implements Hold {}

        record Returned() implements Hold {}
    }

    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;

    RawPartitions(String uri) {
        client = RedisClient.create(uri);
        connection = client.connect(RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE));
    }

    List<RedisImage.Entry> dump(Partition partition) {
        List<String> keys = keys(partition, "*");
        List<byte[]> dumps = forEach(keys, key -> async().dump(key));
        List<RedisImage.Entry> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.add(new RedisImage.Entry(keys.get(i), dumps.get(i)));
        }
        return entries;
    }

    /** Puts a partition's keys in the place of those it has. */
    void restore(Partition partition, List<RedisImage.Entry> entries) {
        delete(keys(partition, "*"));
        forEach(entries, entry -> async().restore(entry.key(), 0, entry.value()));
    }

    void delete(Collection<String> keys) {
        if (!keys.isEmpty()) {
            redis().del(keys.toArray(String[]::new));
        }
    }

    /** All of an account's holds that are there. */
    Map<HoldId, Hold> holds(Partition partition, AccountId account) {
        List<String> keys = keys(partition, "hold:" + account + ":*");
        List<byte[]> values = forEach(keys, key -> async().get(key));
        Map<HoldId, Hold> holds = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String id = keys.get(i).substring(keys.get(i).lastIndexOf(':') + 1);
            holds.put(HoldId.parse(id), hold(values.get(i)));
        }
        return holds;
    }

    static String holdKey(Partition partition, AccountId account, HoldId hold) {
        return prefix(partition) + "hold:" + account + ":" + hold;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    private static Hold hold(byte[] value) {
        Packed packed = new Packed(ByteBuffer.wrap(value));
        long version = packed.number();
        String kind = packed.text();
        if (version != 1) {
            throw new IllegalStateException("a hold of version " + version);
        }
        return switch (kind) {
            case "H" -> new Hold.Open(packed.number(), packed.number());
            case "S" -> new Hold.Settled(packed.number(), packed.number());
            default -> new Hold.Returned();
        };
    }

    private List<String> keys(Partition partition, String pattern) {
        return redis().keys(prefix(partition) + pattern).stream().sorted().toList();
    }

    private static String prefix(Partition partition) {
        return "{tg:" + partition.number() + "}:";
    }

    /** Sends all, then waits for all. */
    private static <K, T> List<T> forEach(Collection<K> keys, Function<K, RedisFuture<T>> command) {
        List<RedisFuture<T>> futures = keys.stream().map(command).toList();
        LettuceFutures.awaitAll(PATIENCE, futures.toArray(RedisFuture[]::new));
        return futures.stream()
                .map(future -> future.toCompletableFuture().join())
                .toList();
    }

    private RedisCommands<String, byte[]> redis() {
        return connection.sync();
    }

    private RedisAsyncCommands<String, byte[]> async() {
        return connection.async();
    }
}
