package io.tollgate.sandbox.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Ways in which a Redis loses what it had acknowledged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Stores stores;

    @BeforeAll
    void start() {
        stores = Stores.start(StoreSettings.embedded().withAppendOnly(AppendOnly.EVERYSEC));
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    @BeforeEach
    void empty() {
        stores.redis().flush();
    }

    @Nested
    class Restarting {
        private final RedisStore redis = stores.redis();

        @Test
        void fromAnEarlierCopyLosesWhatCameAfterIt() {
            set(redis, "before", "kept");
            awaitWritten(redis);
            RedisFiles copy = redis.copyFiles();
            set(redis, "after", "lost");
            awaitWritten(redis);

            redis.kill();
            redis.startFrom(copy);

            assertThat(get(redis, "before")).isEqualTo("kept");
            assertThat(get(redis, "after")).isNull();
        }

        @Test
        void fromACopyGoesOnFromThere() {
            set(redis, "key", "old");
            awaitWritten(redis);
            RedisFiles copy = redis.copyFiles();
            redis.kill();
            redis.startFrom(copy);

            set(redis, "key", "new");
            awaitWritten(redis);
            redis.kill();
            redis.start();

            assertThat(get(redis, "key")).isEqualTo("new");
        }

        @Test
        void emptyLosesEverythingAndKeepsWhatComesNext() {
            set(redis, "before", "lost");
            awaitWritten(redis);

            redis.kill();
            redis.startEmpty();
            assertThat(get(redis, "before")).isNull();
            set(redis, "after", "kept");
            awaitWritten(redis);
            redis.kill();
            redis.start();

            assertThat(get(redis, "after")).isEqualTo("kept");
        }
    }

    @Nested
    class Replicating {
        private final RedisStore redis = stores.redis();

        @Test
        void aReplicaThatWasCutOffIsPromotedWithoutTheTail() {
            RedisStore replica = stores.startReplica();
            try (FaultProxy wire = FaultProxy.to(redis.host(), redis.port())) {
                set(redis, "before", "copied");
                replica.follow(wire.host(), wire.port());
                set(redis, "meanwhile", "copied too");
                await(replica, at -> "copied too".equals(at.sync().get("meanwhile")));

                wire.refuse();
                wire.cut();
                set(redis, "after", "lost");
                replica.promote();

                assertThat(get(replica, "before")).isEqualTo("copied");
                assertThat(get(replica, "after")).isNull();
                set(replica, "key", "it takes writes");
            }
        }

        @Test
        void aWireLeadsToThePromotedOneUnderTheSameAddress() {
            RedisStore replica = stores.startReplica();
            try (FaultProxy address = FaultProxy.to(redis.host(), redis.port());
                    RedisClient client = RedisClient.create("redis://" + address.host() + ":" + address.port());
                    StatefulRedisConnection<String, String> connection = client.connect()) {
                connection.sync().set("who", "the first");
                set(replica, "who", "the second");

                address.leadTo(replica.host(), replica.port());
                assertThat(connection.sync().get("who")).isEqualTo("the first");
                address.cut();

                assertThat(answered(connection, "who")).isEqualTo("the second");
            }
        }

        /** The cut may break the call that finds it, and the first ones to connect again: asks until one is answered. */
        private static @Nullable String answered(StatefulRedisConnection<String, String> connection, String key) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                try {
                    return connection.sync().get(key);
                } catch (RedisException broken) {
                    assertThat(System.nanoTime())
                            .as(() -> "still broken: " + broken)
                            .isLessThan(deadline);
                }
            }
        }
    }

    // While a sync is under way, Redis answers before it writes.
    private static void awaitWritten(RedisStore redis) {
        await(redis, at -> at.sync().info("persistence").contains("aof_buffer_length:0"));
    }

    private static void await(RedisStore redis, Function<StatefulRedisConnection<String, String>, Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ask(redis, condition)) {
            assertThat(System.nanoTime()).as("it does not happen").isLessThan(deadline);
        }
    }

    private static void set(RedisStore redis, String key, String value) {
        String ok = ask(redis, at -> at.sync().set(key, value));
        assertThat(ok).isEqualTo("OK");
    }

    private static @Nullable String get(RedisStore redis, String key) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection.sync().get(key);
        }
    }

    private static <T> T ask(RedisStore redis, Function<StatefulRedisConnection<String, String>, T> question) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection);
        }
    }
}
