package io.tollgate.sandbox.stores;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a pair of stores is started.
 *
 * @param postgresPort 0 picks a free one
 * @param redisPort 0 picks a free one
 * @param directory where data is kept across runs; null: a temporary directory that {@link Stores#close()} deletes
 */
public record StoreSettings(
        Backend backend,
        int postgresPort,
        int redisPort,
        @Nullable Path directory,
        AppendOnly appendOnly) {

    public static final String POSTGRES_PORT = "TOLLGATE_POSTGRES_PORT";
    public static final String REDIS_PORT = "TOLLGATE_REDIS_PORT";
    public static final String BACKEND = "TOLLGATE_STORES";

    public StoreSettings {
        requirePort(POSTGRES_PORT, postgresPort);
        requirePort(REDIS_PORT, redisPort);
    }

    /** Free ports, temporary data, and what system properties or the environment say under the names above. */
    public static StoreSettings fromEnvironment() {
        return new StoreSettings(
                Backend.named(Environment.get(BACKEND)),
                Environment.port(POSTGRES_PORT),
                Environment.port(REDIS_PORT),
                null,
                AppendOnly.OFF);
    }

    /** For tests that kill or pause a server: those need the binaries, whatever the environment says. */
    public static StoreSettings embedded() {
        return new StoreSettings(Backend.EMBEDDED, 0, 0, null, AppendOnly.OFF);
    }

    public StoreSettings withPostgresPort(int port) {
        return new StoreSettings(backend, port, redisPort, directory, appendOnly);
    }

    public StoreSettings withRedisPort(int port) {
        return new StoreSettings(backend, postgresPort, port, directory, appendOnly);
    }

    public StoreSettings withDirectory(Path kept) {
        return new StoreSettings(backend, postgresPort, redisPort, kept, appendOnly);
    }

    public StoreSettings withAppendOnly(AppendOnly mode) {
        return new StoreSettings(backend, postgresPort, redisPort, directory, mode);
    }

    private static void requirePort(String setting, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(setting + " must be a port, 0 for a free one: " + port);
        }
    }
}
