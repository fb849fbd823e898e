package io.tollgate.loadtest.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.tollgate.loadtest.benchmark.upstream.Pace;
import io.tollgate.loadtest.benchmark.wire.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients at work, all on one event loop, so that nothing here is shared between threads. A call that is due while every
 * connection is busy waits for one, and that wait counts: a slow gateway cannot make its clients ask less.
 */
public final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Paced streams that begin together would send all their chunks in the same milliseconds. */
    private static final Duration SPREAD = Duration.ofMillis(500);

    private final Shape shape;
    private final Requests requests;
    private final Counters counters;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private boolean running = true;
    private int underWay;
    private int nextKey;

    private Load(URI gateway, List<String> keys, Shape shape) {
        Transport transport = Transport.ofThisMachine();
        this.shape = shape;
        this.requests = Requests.of(gateway, keys, shape.form(), shape.pace());
        this.counters = new Counters(keys.size());
        this.group = transport.loops(1);
        this.loop = group.next();
        InetSocketAddress address = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        for (int i = 0; i < shape.connections(); i++) {
            connections.add(connect(transport, address));
        }
    }

    /** Connects and begins; each call goes to the next key in turn. */
    public static Load start(URI gateway, List<String> keys, Shape shape) {
        @SuppressWarnings("resource") // the caller closes it
        Load load = new Load(gateway, keys, shape);
        load.onLoop(() -> {
            load.begin();
            return load;
        });
        return load;
    }

    /** From here on it is measured. */
    public void beginStretch() {
        onLoop(() -> {
            counters.beginStretch();
            return counters;
        });
    }

    public Stretch stretch() {
        return onLoop(counters::stretch);
    }

    /** Streams of which something has come and more is to come. */
    public long streaming() {
        return onLoop(() -> connections.stream().filter(Connection::isStreaming).count());
    }

    /** Begins no more calls, and waits for those under way. */
    public Tally finish() {
        onLoop(() -> {
            running = false;
            waiting.clear();
            return counters;
        });
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (onLoop(() -> underWay) > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        onLoop(() -> underWay) + " calls still without an answer after " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return onLoop(counters::tally);
    }

    @Override
    public void close() {
        onLoop(() -> {
            running = false;
            connections.forEach(Connection::close);
            return counters;
        });
        group.close();
    }

    ByteBuf request(int key) {
        return requests.of(key);
    }

    Counters counters() {
        return counters;
    }

    void ended(Connection connection) {
        underWay--;
        Long due = waiting.poll();
        if (due != null) {
            begin(connection, due);
        } else if (running && !shape.isSteady()) {
            begin(connection, System.nanoTime());
        } else {
            idle.add(connection);
        }
    }

    void lost() {
        underWay--;
    }

    private void begin() {
        long now = System.nanoTime();
        if (shape.isSteady()) {
            idle.addAll(connections);
            arrive(now);
            return;
        }
        long apart = shape.pace() == Pace.LIVE ? SPREAD.toNanos() / connections.size() : 0;
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            var _ = loop.schedule(() -> beginUnlessFinished(connection), i * apart, TimeUnit.NANOSECONDS);
        }
    }

    private void beginUnlessFinished(Connection connection) {
        if (running) {
            begin(connection, System.nanoTime());
        }
    }

    private void begin(Connection connection, long due) {
        underWay++;
        connection.call(nextKey++ % requests.keys(), due);
    }

    private void arrive(long due) {
        if (!running) {
            return;
        }
        Connection connection = idle.poll();
        if (connection == null) {
            waiting.add(due);
        } else {
            begin(connection, due);
        }
        long next = due + TimeUnit.SECONDS.toNanos(1) / shape.callsPerSecond();
        var _ = loop.schedule(() -> arrive(next), next - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private Connection connect(Transport transport, InetSocketAddress address) {
        ChannelInitializer<SocketChannel> pipeline = new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), new Connection(Load.this, shape.form(), channel));
            }
        };
        ChannelFuture connected =
                transport.client(loop, pipeline).connect(address).syncUninterruptibly();
        Channel channel = connected.channel();
        return channel.pipeline().get(Connection.class);
    }

    private <T> T onLoop(Callable<T> work) {
        try {
            return loop.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
