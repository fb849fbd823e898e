package io.tollgate.metering.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.MonoSink;

/**
 * A connection that lives on one event loop. Redis answers in order, so one walk over the oldest open calls now and then finds
 * those that are late: a timer per call would cost more than the call.
 */
final class LoopConnection implements AutoCloseable {

    private static final long CHECKS_PER_TIMEOUT = 8;

    private final EventLoop loop;
    private final Duration timeout;
    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Queue<ScriptCall> open = new ConcurrentLinkedQueue<>();
    private final ScheduledFuture<?> lateness;

    LoopConnection(EventLoop loop, RedisSettings settings, ConnectionLimits limits) {
        this.loop = loop;
        this.timeout = settings.timeout();
        this.resources = LoopResources.on(loop, limits);
        this.client = RedisClient.create(resources, settings.uri());
        client.setOptions(ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP2)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(limits.requestQueue())
                // Lettuce's own timeouts are a timer per command, which keeps the command and all it leads to alive
                // until it
                // fires: thousands of answered calls, half of the gateway's CPU in collections. See failLate.
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build());
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        long period = Math.max(1, timeout.toMillis() / CHECKS_PER_TIMEOUT);
        this.lateness = loop.scheduleAtFixedRate(this::failLate, period, period, TimeUnit.MILLISECONDS);
    }

    boolean isCallers() {
        return loop.inEventLoop();
    }

    StatefulRedisConnection<byte[], byte[]> connection() {
        return connection;
    }

    void run(LuaScript script, ScriptArguments arguments, MonoSink<Reply> sink) {
        send(ScriptCall.of(script, arguments, sink, this::send));
    }

    private void send(ScriptCall call) {
        forgetAnswered();
        open.add(call);
        try {
            connection.dispatch(call);
        } catch (RuntimeException e) {
            call.completeExceptionally(e);
        }
    }

    /** An answered call leads to everything its request was: kept for a walk's pause, thousands would outlive young collections. */
    private void forgetAnswered() {
        for (ScriptCall call = open.peek(); call != null && call.isDone(); call = open.peek()) {
            open.remove(call);
        }
    }

    private void failLate() {
        long patience = timeout.toNanos();
        long now = System.nanoTime();
        forgetAnswered();
        for (ScriptCall call = open.peek(); call != null && now - call.sentNanos >= patience; call = open.peek()) {
            open.remove(call);
            call.completeExceptionally(RedisFailures.late(timeout));
        }
    }

    @Override
    public void close() {
        lateness.cancel(false);
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        var _ = resources.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
