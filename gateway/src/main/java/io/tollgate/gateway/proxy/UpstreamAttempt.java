package io.tollgate.gateway.proxy;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.tollgate.gateway.connection.UpstreamConnection;
import io.tollgate.gateway.connection.UpstreamEvents;
import io.tollgate.gateway.connection.UpstreamPool;
import io.tollgate.gateway.connection.UpstreamPool.ExhaustedException;
import io.tollgate.gateway.routing.Upstream;
import io.tollgate.gateway.upstream.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call's request to one upstream. What becomes of it is its call's to judge; once given up it tells nothing more. */
final class UpstreamAttempt implements UpstreamEvents, UpstreamPool.Taker {

    private static final Logger log = LoggerFactory.getLogger(UpstreamAttempt.class);

    /** How often a request is sent again whose kept-alive connection was closed by the upstream without a byte of an answer. */
    private static final int STALE_MAX = 2;

    /** A connection that breaks later than that was not closed while it was idle: the upstream may have worked on the request. */
    private static final Duration STALE_WITHIN = Duration.ofMillis(500);

    private static final Duration CONNECT_SLACK = Duration.ofMillis(200);

    private final UpstreamCall call;
    private final Upstream upstream;
    private final UpstreamPool pool;
    private int stale;
    private boolean begun;
    private boolean answering;
    private boolean over;
    private boolean sent;
    private long sentNanos;
    private @Nullable UpstreamConnection connection;

    UpstreamAttempt(UpstreamCall call, Upstream upstream, UpstreamPool pool) {
        this.call = call;
        this.upstream = upstream;
        this.pool = pool;
    }

    void begin() {
        if (!over) {
            begun = true;
            pool.take(this);
        }
    }

    /** Whether its pause is over. */
    boolean begun() {
        return begun;
    }

    Upstream upstream() {
        return upstream;
    }

    /** Whether the upstream may have seen the request. */
    boolean dispatched() {
        return sent;
    }

    /** How long may be waited for what comes next. */
    Duration patience() {
        Upstream.Timeouts timeouts = upstream.timeouts();
        if (connection == null) {
            return timeouts.connect().plus(CONNECT_SLACK);
        }
        return answering ? timeouts.idle() : timeouts.firstByte();
    }

    /** What it is that took too long. */
    Failure slowness() {
        if (connection != null) {
            return Failure.SLOW;
        }
        return pool.isInLine(this) ? Failure.CROWDED : Failure.UNREACHABLE;
    }

    void read(boolean wanted) {
        if (connection != null) {
            connection.read(wanted);
        }
    }

    /** Nothing more of it is wanted. */
    void giveUp() {
        over = true;
        if (connection == null) {
            pool.forget(this);
        } else {
            connection.abandon();
        }
    }

    @Override
    public boolean wants() {
        return !over;
    }

    @Override
    public void connected(UpstreamConnection taken) {
        connection = taken;
        sent = true;
        sentNanos = System.nanoTime();
        taken.send(call.dispatch(upstream), this);
    }

    @Override
    public void notConnected(Throwable cause) {
        if (!over) {
            log.warn("{} cannot be reached: {}", upstream, cause.toString());
            call.failed(cause instanceof ExhaustedException ? Failure.CROWDED : Failure.UNREACHABLE);
        }
    }

    @Override
    public void head(HttpResponse head) {
        answering = true;
        call.head(head);
    }

    @Override
    public void part(ByteBuf content) {
        call.part(content);
    }

    @Override
    public void pause() {
        call.pause();
    }

    @Override
    public void end() {
        over = true;
        call.end();
    }

    private boolean isStale() {
        return !answering
                && requireNonNull(connection).reused()
                && System.nanoTime() - sentNanos < STALE_WITHIN.toNanos();
    }

    @Override
    public void broken(Throwable cause) {
        if (isStale() && stale++ < STALE_MAX) {
            connection = null;
            call.again();
            pool.take(this);
        } else {
            log.warn("{} failed: {}", upstream, cause.toString());
            call.broken();
        }
    }
}
