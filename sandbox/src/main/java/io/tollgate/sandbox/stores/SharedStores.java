package io.tollgate.sandbox.stores;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The one pair of stores all tests of a JVM share: started by whoever asks first, stopped when the JVM ends.
 *
 * <p>{@code REDIS_URL} (with logical databases; 1 to 15 get flushed) and {@code TOLLGATE_TEST_POSTGRES_URL} (a JDBC URL),
 * {@code TOLLGATE_TEST_POSTGRES_USER}, {@code TOLLGATE_TEST_POSTGRES_PASSWORD} (a superuser) replace either with a running
 * server, where the databases that tests make stay behind. A server that was asked for and does not answer is a failure,
 * not a reason to skip.
 */
public final class SharedStores {
    private static final String REDIS = "REDIS_URL";
    private static final String POSTGRES = "TOLLGATE_TEST_POSTGRES_URL";

    private static @Nullable SharedStores instance;

    private final PostgresStore postgres;
    private final RedisStore redis;

    private SharedStores(PostgresStore postgres, RedisStore redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    public static synchronized SharedStores instance() {
        SharedStores shared = instance;
        if (shared == null) {
            shared = connect(Environment.get(POSTGRES), Environment.get(REDIS));
            instance = shared;
        }
        return shared;
    }

    /** Take {@link PostgresStore#freshDatabase()}; do not kill it, others are using it. */
    public PostgresStore postgres() {
        return postgres;
    }

    /** Take {@link RedisStore#freshUri()}; do not kill or flush it, others are using it. */
    public RedisStore redis() {
        return redis;
    }

    private static SharedStores connect(@Nullable String postgresUrl, @Nullable String redisUrl) {
        if (postgresUrl != null && redisUrl != null) {
            return new SharedStores(postgres(postgresUrl), redis(redisUrl));
        }
        @SuppressWarnings("resource") // they end with the JVM
        Stores own = Stores.start(StoreSettings.fromEnvironment());
        return new SharedStores(
                postgresUrl == null ? own.postgres() : postgres(postgresUrl),
                redisUrl == null ? own.redis() : redis(redisUrl));
    }

    private static RedisStore redis(String url) {
        URI uri = URI.create(url);
        int port = uri.getPort() == -1 ? 6379 : uri.getPort();
        return new RedisStore(new RemoteServer(uri.getHost(), port, () -> {}), uri);
    }

    private static PostgresStore postgres(String jdbcUrl) {
        URI uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        int port = uri.getPort() == -1 ? 5432 : uri.getPort();
        Login superuser =
                new Login(required("TOLLGATE_TEST_POSTGRES_USER"), required("TOLLGATE_TEST_POSTGRES_PASSWORD"));
        return PostgresStore.on(new RemoteServer(uri.getHost(), port, () -> {}), superuser, superuser.password());
    }

    private static String required(String name) {
        String value = Environment.get(name);
        if (value == null) {
            throw new IllegalStateException(POSTGRES + " is set, so " + name + " must be too");
        }
        return value;
    }
}
