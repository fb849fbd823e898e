package io.tollgate.sandbox.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A Redis to work with and, if it is embedded, to break. */
public final class RedisStore {
    static final int DATABASES = 16;
    private static final Duration FOLLOW_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);

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
        call("FLUSHALL");
    }

    /** SIGKILL. What comes back with {@link #start()} depends on {@link AppendOnly}. */
    public void kill() {
        server.kill();
    }

    /** Starts a killed server on the same port and data; returns when it answers. */
    public void start() {
        server.start();
    }

    /**
     * What it has written to its files so far, which is what a machine that dies at this moment would leave at best.
     * Commands that come while the copy is made are in it or not.
     */
    public RedisFiles copyFiles() {
        return RedisFiles.copyOf(server.data());
    }

    /** Starts a killed server, on the same port, from the copy instead of what it has written since. */
    public void startFrom(RedisFiles copy) {
        copy.putBack();
        server.start();
    }

    /** Starts a killed server, on the same port, with nothing in it. */
    public void startEmpty() {
        RedisFiles.deleteAllIn(server.data());
        server.start();
    }

    /** Forgets its own data and copies, from then on, what the server at this address has; returns when it is up to date. */
    public void follow(String host, int port) {
        call("REPLICAOF", host, Integer.toString(port));
        long deadline = System.nanoTime() + FOLLOW_LIMIT.toNanos();
        while (!call("INFO", "replication").contains("master_link_status:up")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "It is not up to date with " + host + ":" + port + " after " + FOLLOW_LIMIT);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Follows nobody any more, and takes writes. */
    public void promote() {
        call("REPLICAOF", "NO", "ONE");
    }

    /** SIGSTOP: connections stay open and nothing answers. */
    public void pause() {
        server.pause();
    }

    public void resume() {
        server.resume();
    }

    private String call(String... words) {
        try (RedisConnection redis = RedisConnection.open(base)) {
            return redis.call(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
