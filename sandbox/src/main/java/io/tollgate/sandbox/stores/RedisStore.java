package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A Redis to work with and, if it is embedded, to break. */
public final class RedisStore {
    static final int DATABASES = 16;

    private final Server server;
    private final URI base;
    private final AtomicInteger handedOut = new AtomicInteger();

    RedisStore(Server server, URI base) {
        this.server = server;
        this.base = base;
    }

    static RedisStore on(Server server) {
        return new RedisStore(server, URI.create("redis://" + server.host() + ":" + server.port()));
    }

    public String host() {
        return server.host();
    }

    public int port() {
        return server.port();
    }

    /** Logical database 0, never flushed by {@link #freshUri()}. */
    public String uri() {
        return base.toString();
    }

    /**
     * An empty logical database, 1 to 15 in turn: the sixteenth caller gets, flushed, what the first one had. Enough for
     * test classes that run one after another; a test that must own the whole server starts its own {@link Stores}.
     */
    public String freshUri() {
        int number = 1 + Math.floorMod(handedOut.getAndIncrement(), DATABASES - 1);
        try (RedisConnection redis = RedisConnection.open(base)) {
            redis.call("SELECT", Integer.toString(number));
            redis.call("FLUSHDB");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return base.resolve("/" + number).toString();
    }

    /** Empties every logical database, as if Redis had lost its data. Scripts stay loaded. */
    public void flush() {
        try (RedisConnection redis = RedisConnection.open(base)) {
            redis.call("FLUSHALL");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. What comes back with {@link #start()} depends on {@link AppendOnly}. */
    public void kill() {
        server.kill();
    }

    /** Starts a killed server on the same port and data; returns when it answers. */
    public void start() {
        server.start();
    }

    /** SIGSTOP: connections stay open and nothing answers. */
    public void pause() {
        server.pause();
    }

    public void resume() {
        server.resume();
    }
}
