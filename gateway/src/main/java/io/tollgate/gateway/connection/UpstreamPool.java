package io.tollgate.gateway.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.tollgate.gateway.routing.Upstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one upstream. The one used last is used next, so that the others grow old and are closed; at the bound, callers wait
 * in line, which is bounded too.
 */
public final class UpstreamPool implements Rounds.Watched {

    /** Shorter than what servers commonly keep an idle connection open for. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(20);

    private static final String CODEC = HttpClientCodec.class.getName();

    private final Upstream upstream;
    private final Bootstrap bootstrap;
    private final @Nullable SslContext tls;
    private final EventLoop loop;
    private final Rounds rounds;
    private final int max;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private final LinkedHashSet<Taker> waiting = new LinkedHashSet<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Who wants a connection. Called on the pool's loop. */
    public interface Taker {

        /** Whether one is still wanted; whoever has lost interest in the meantime gets none. */
        boolean wants();

        void connected(UpstreamConnection connection);

        void notConnected(Throwable cause);
    }

    /** There are as many connections as there may be, and enough callers wait for them. */
    public static final class ExhaustedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ExhaustedException(Upstream upstream) {
            super("all connections to " + upstream.name() + " are in use", null, false, false);
        }
    }

    UpstreamPool(Upstream upstream, Bootstrap bootstrap, @Nullable SslContext tls, EventLoop loop, Rounds rounds) {
        this.upstream = upstream;
        this.tls = tls;
        this.loop = loop;
        this.rounds = rounds;
        max = upstream.connectionsPerLoop();
        this.bootstrap = bootstrap.clone().handler(new Pipeline());
    }

    /** Connections to it, in use and idle. */
    int open() {
        return open.get();
    }

    /** Hands out a connection, at once if one is idle. */
    public void take(Taker taker) {
        UpstreamConnection last = idle.pollLast();
        while (last != null && !last.usable()) {
            last = idle.pollLast();
        }
        if (last != null) {
            taker.connected(last);
        } else if (open.get() < max) {
            connect(taker);
        } else if (waiting.size() < 2 * max) {
            waiting.add(taker);
        } else {
            taker.notConnected(new ExhaustedException(upstream));
        }
    }

    /** Whether it waits for one of the connections that there are, rather than for a new one. */
    public boolean isInLine(Taker taker) {
        return waiting.contains(taker);
    }

    void release(UpstreamConnection connection) {
        Taker next = nextWaiting();
        if (next != null) {
            next.connected(connection);
        } else {
            connection.idle(rounds.nowNanos());
            idle.addLast(connection);
        }
    }

    void closed(UpstreamConnection connection) {
        idle.remove(connection);
        left();
    }

    private void left() {
        open.decrementAndGet();
        Taker next = nextWaiting();
        if (next != null) {
            connect(next);
        }
    }

    private @Nullable Taker nextWaiting() {
        while (!waiting.isEmpty()) {
            Taker next = waiting.removeFirst();
            if (next.wants()) {
                return next;
            }
        }
        return null;
    }

    /** Whoever has stopped waiting need not keep a place in the line. */
    public void forget(Taker taker) {
        waiting.remove(taker);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void connect(Taker taker) {
        open.incrementAndGet();
        ChannelFuture connecting = bootstrap.connect();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                // Where not even a socket was to be had, we are told on a thread of Netty's own.
                onLoop(() -> {
                    left();
                    taker.notConnected(done.cause());
                });
            } else if (tls == null) {
                hand(connecting.channel(), taker);
            } else {
                connecting
                        .channel()
                        .pipeline()
                        .get(SslHandler.class)
                        .handshakeFuture()
                        .addListener(shaken -> {
                            if (shaken.isSuccess()) {
                                hand(connecting.channel(), taker);
                            } else {
                                connecting.channel().close();
                                taker.notConnected(shaken.cause());
                            }
                        });
            }
        });
    }

    private void onLoop(Runnable step) {
        if (loop.inEventLoop()) {
            step.run();
        } else {
            loop.execute(step);
        }
    }

    private void hand(Channel channel, Taker taker) {
        UpstreamConnection connection = channel.pipeline().get(UpstreamConnection.class);
        if (taker.wants()) {
            taker.connected(connection);
        } else {
            release(connection);
        }
    }

    static ChannelHandlerContext codecOf(ChannelPipeline pipeline) {
        return pipeline.context(CODEC);
    }

    @Override
    public void look(long nowNanos) {
        List<UpstreamConnection> old = new ArrayList<>();
        for (UpstreamConnection connection : idle) {
            if (nowNanos - connection.idleSinceNanos() > IDLE_MAX.toNanos()) {
                old.add(connection);
            }
        }
        old.forEach(UpstreamConnection::close);
    }

    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            if (tls != null) {
                SslHandler handler =
                        tls.newHandler(channel.alloc(), upstream.endpoint().getHost(), upstream.port());
                handler.setHandshakeTimeoutMillis(upstream.timeouts().connect().toMillis());
                channel.pipeline().addLast(handler);
            }
            channel.pipeline().addLast(CODEC, new HttpClientCodec());
            channel.pipeline().addLast(new UpstreamConnection(UpstreamPool.this, channel));
        }
    }
}
