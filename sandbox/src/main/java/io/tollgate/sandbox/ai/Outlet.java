package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The way out for one response: bytes, paced if need be, and the connection's end. Everything happens on the channel's
 * event loop.
 */
final class Outlet {
    // The client should have read what came before the reset, or it would only ever see the reset.
    private static final Duration BEFORE_RESET = Duration.ofMillis(20);

    private final ChannelHandlerContext beyondCodec;
    private final Caller caller;
    private final Fault fault;
    private final Runnable ended;

    Outlet(ChannelHandlerContext beyondCodec, Caller caller, Fault fault, Runnable ended) {
        this.beyondCodec = beyondCodec;
        this.caller = caller;
        this.fault = fault;
        this.ended = ended;
    }

    ByteBuf buffer(int size) {
        ByteBufAllocator allocator = beyondCodec.alloc();
        return allocator.buffer(size);
    }

    boolean isWritable() {
        return channel().isWritable();
    }

    void later(Duration delay, Runnable step) {
        var _ = beyondCodec.executor().schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Headers every response has. */
    void commonHeaders(ByteBuf out, long number) {
        Dialect.ascii(out, "x-request-id: req_sim");
        Dialect.number(out, number);
        Dialect.ascii(out, "\r\n");
        if (!caller.keepsConnection()) {
            Wire.header(out, "connection", "close");
        }
    }

    ChannelFuture send(ByteBuf bytes) {
        return fault.is(Fault.Kind.BYTE_BY_BYTE) ? trickle(bytes) : beyondCodec.writeAndFlush(bytes);
    }

    private ChannelFuture trickle(ByteBuf bytes) {
        while (bytes.readableBytes() > 1) {
            var _ = beyondCodec.writeAndFlush(bytes.readRetainedSlice(1));
        }
        return beyondCodec.writeAndFlush(bytes);
    }

    /** The response is whole: the next request may come. */
    ChannelFuture sendLast(ByteBuf bytes) {
        ended.run();
        ChannelFuture sent = send(bytes);
        return caller.keepsConnection() ? sent : sent.addListener(done -> close());
    }

    void sendThenNothing(ByteBuf bytes) {
        var _ = send(bytes);
    }

    void sendThenReset(ByteBuf bytes) {
        send(bytes).addListener(done -> later(BEFORE_RESET, this::reset));
    }

    void sendThenClose(ByteBuf bytes) {
        send(bytes).addListener(done -> close());
    }

    void close() {
        var _ = channel().close();
    }

    private void reset() {
        channel().config().setOption(ChannelOption.SO_LINGER, 0);
        close();
    }

    private Channel channel() {
        return beyondCodec.channel();
    }
}
