package io.tollgate.loadtest.benchmark.burning;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.tollgate.loadtest.benchmark.upstream.Answers;
import io.tollgate.loadtest.benchmark.wire.Served;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Uses as much CPU time for each call as it was told, by the thread's own clock, before it answers; {@code GET /count}
 * says how many calls it has had.
 */
public final class BurningGateway extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int LARGEST = 1 << 20;

    private final long burnNanos;
    private final long dawdleNanos;
    private final Fault fault;
    private final AtomicLong calls;

    /** What it does to every fifth call. */
    public enum Fault {
        NONE,
        REFUSES,
        CUTS,
        SHORTENS
    }

    private BurningGateway(long burnNanos, long dawdleNanos, Fault fault, AtomicLong calls) {
        this.burnNanos = burnNanos;
        this.dawdleNanos = dawdleNanos;
        this.fault = fault;
        this.calls = calls;
    }

    /** Port, microseconds of CPU for each call, milliseconds it waits without any, fault. */
    public static void main(String[] arguments) throws IOException {
        long burn = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(arguments[1]));
        long dawdle = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[2]));
        Fault fault = Fault.valueOf(arguments[3]);
        AtomicLong calls = new AtomicLong();
        Served.untilInputEnds(Integer.parseInt(arguments[0]), 1, new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(
                                new HttpRequestDecoder(),
                                new HttpObjectAggregator(LARGEST),
                                new BurningGateway(burn, dawdle, fault, calls));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.uri().equals("/count")) {
            answer(context, "200 OK", Long.toString(calls.get()));
            return;
        }
        boolean fifth = calls.incrementAndGet() % 5 == 0;
        burn();
        if (dawdleNanos > 0) {
            LockSupport.parkNanos(dawdleNanos);
        }
        String whole = "x".repeat(Answers.PLAIN_BYTES);
        switch (fifth ? fault : Fault.NONE) {
            case NONE -> answer(context, "200 OK", whole);
            case REFUSES -> answer(context, "503 Service Unavailable", whole);
            case SHORTENS -> answer(context, "200 OK", whole.substring(1));
            case CUTS -> {
                var _ = context.close();
            }
        }
    }

    private void burn() {
        long end = THREADS.getCurrentThreadCpuTime() + burnNanos;
        while (THREADS.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void answer(ChannelHandlerContext context, String status, String body) {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(answer.getBytes(US_ASCII)));
    }
}
