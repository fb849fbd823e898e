package io.tollgate.metering.redis;

import io.lettuce.core.api.async.RedisAsyncCommands;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * One connection to Redis per event loop. A call made on a loop goes out and comes back on that loop, and what one turn of the
 * loop sends leaves in one write; calls from elsewhere take turns.
 */
public final class RedisConnections implements AutoCloseable {

    private final LoopConnection[] connections;
    private final Duration timeout;
    private final AtomicInteger next = new AtomicInteger();

    private RedisConnections(List<LoopConnection> connections, Duration timeout) {
        this.connections = connections.toArray(LoopConnection[]::new);
        this.timeout = timeout;
    }

    /**
     * Connects on every loop of the group, which stays the caller's.
     *
     * @throws IllegalStateException if Redis may evict keys: it would forget holds
     * @throws StoreUnavailableException if it cannot be reached
     */
    public static RedisConnections open(EventLoopGroup group, RedisSettings settings, ConnectionLimits limits) {
        List<LoopConnection> connections = new ArrayList<>();
        try {
            for (EventExecutor loop : group) {
                connections.add(new LoopConnection((EventLoop) loop, settings, limits));
            }
            EvictionCheck.refuseEviction(
                    connections.getFirst().connection().sync().info("memory"));
        } catch (RuntimeException e) {
            connections.forEach(LoopConnection::close);
            throw asStartFailure(e, settings);
        }
        return new RedisConnections(connections, settings.timeout());
    }

    /** Runs the script when subscribed to; the reply is signalled on the connection's loop. */
    public Mono<Reply> run(LuaScript script, ScriptArguments arguments) {
        return Mono.create(sink -> mine().run(script, arguments, sink));
    }

    /** Sends a plain command when subscribed to; for what is not on the path of a call. */
    public <T> Mono<T> ask(Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return Mono.fromCompletionStage(() -> command.apply(mine().connection().async()))
                .timeout(timeout)
                .onErrorMap(RedisFailures::of);
    }

    @Override
    public void close() {
        for (LoopConnection connection : connections) {
            connection.close();
        }
    }

    private LoopConnection mine() {
        for (LoopConnection connection : connections) {
            if (connection.isCallers()) {
                return connection;
            }
        }
        return connections[Math.floorMod(next.getAndIncrement(), connections.length)];
    }

    private static RuntimeException asStartFailure(RuntimeException failure, RedisSettings settings) {
        return RedisFailures.of(failure) instanceof StoreUnavailableException unavailable
                ? new StoreUnavailableException("cannot reach Redis at " + settings.uri(), unavailable)
                : failure;
    }
}
