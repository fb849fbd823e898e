package io.tollgate.metering.wiring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.List;

/** Does to a Redis what losing data does. */
final class LostRedis implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    LostRedis(String uri) {
        this.client = RedisClient.create(uri);
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    RedisCommands<byte[], byte[]> redis() {
        return connection.sync();
    }

    /** Everything is gone. */
    void everything() {
        redis().flushdb();
    }

    /** One key is gone. */
    void key(String key) {
        redis().del(key.getBytes(US_ASCII));
    }

    /** What is there now, to be put back later. */
    List<Saved> save() {
        List<Saved> saved = new ArrayList<>();
        KeyScanCursor<byte[]> cursor = redis().scan();
        while (true) {
            for (byte[] key : cursor.getKeys()) {
                saved.add(new Saved(key, redis().dump(key), Math.max(0, redis().pttl(key))));
            }
            if (cursor.isFinished()) {
                return saved;
            }
            cursor = redis().scan(ScanCursor.of(cursor.getCursor()));
        }
    }

    /** All that was acknowledged since is gone. */
    void rollBackTo(List<Saved> saved) {
        redis().flushdb();
        for (Saved one : saved) {
            redis().restore(one.key(), one.dump(), RestoreArgs.Builder.ttl(one.ttlMillis()));
        }
    }

    /** A key with its value and what is left of its time, 0 for no end. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Saved(byte[] key, byte[] dump, long ttlMillis) {}

    @Override
    public void close() {
        connection.close();
        client.shutdown();
    }
}
