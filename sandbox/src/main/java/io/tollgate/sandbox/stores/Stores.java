package io.tollgate.sandbox.stores;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Postgres and a Redis that live until {@link #close()} or the end of the JVM, whichever comes first. */
public final class Stores implements AutoCloseable {
    private final PostgresStore postgres;
    private final RedisStore redis;
    private final @Nullable Path directory;
    private final Teardown teardown;
    private final AtomicInteger replicas = new AtomicInteger();

    private Stores(PostgresStore postgres, RedisStore redis, @Nullable Path directory, Teardown teardown) {
        this.postgres = postgres;
        this.redis = redis;
        this.directory = directory;
        this.teardown = teardown;
    }

    /** Returns when both answer. A taken port is a {@link PortTakenException}. */
    public static Stores start(StoreSettings settings) {
        Teardown teardown = new Teardown();
        try {
            return DockerBackend.isChosenBy(settings)
                    ? DockerBackend.start(settings, teardown)
                    : EmbeddedBackend.start(settings, teardown);
        } catch (RuntimeException e) {
            teardown.close();
            throw e;
        }
    }

    static Stores of(PostgresStore postgres, RedisStore redis, @Nullable Path directory, Teardown teardown) {
        return new Stores(postgres, redis, directory, teardown);
    }

    public PostgresStore postgres() {
        return postgres;
    }

    public RedisStore redis() {
        return redis;
    }

    /** Another Redis, empty and with a file of its own, to follow the first one. Embedded stores only. */
    public RedisStore startReplica() {
        if (directory == null) {
            throw new UnsupportedOperationException("Only embedded stores have replicas");
        }
        String name = "Replica-" + replicas.incrementAndGet();
        return EmbeddedBackend.redis(name, AppendOnly.EVERYSEC, 0, directory, teardown);
    }

    /** Where embedded servers keep data and logs; null for containers. */
    @Nullable
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        teardown.close();
    }
}
