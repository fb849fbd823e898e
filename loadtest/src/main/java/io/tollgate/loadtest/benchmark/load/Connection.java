package io.tollgate.loadtest.benchmark.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.tollgate.loadtest.benchmark.load.Shape.Form;

/** One kept connection with at most one call at a time. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private final Load load;
    private final Answer answer;
    private final Channel channel;
    private boolean busy;
    private int key;
    private long due;
    private long firstByteAt;

    Connection(Load load, Form form, Channel channel) {
        this.load = load;
        this.answer = new Answer(form);
        this.channel = channel;
    }

    /** On the event loop; {@code dueAt} is when it should have gone out, which may be a while ago. */
    void call(int withKey, long dueAt) {
        busy = true;
        key = withKey;
        due = dueAt;
        firstByteAt = 0;
        var _ = channel.writeAndFlush(load.request(withKey));
    }

    boolean isStreaming() {
        return busy && answer.hasBegun() && firstByteAt != 0;
    }

    void close() {
        busy = false;
        var _ = channel.close();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpResponse head) {
            answer.begin(head.status().code());
        }
        if (message instanceof HttpContent content) {
            answer.take(content.content());
            if (firstByteAt == 0 && answer.hasBegun()) {
                firstByteAt = System.nanoTime();
            }
            if (message instanceof LastHttpContent && busy) {
                end();
            }
        }
    }

    private void end() {
        busy = false;
        if (answer.isRefusal()) {
            load.counters().refused();
        } else if (answer.isWhole()) {
            load.counters().answered(key, due, firstByteAt, System.nanoTime());
        } else {
            load.counters().cut();
        }
        load.ended(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (busy) {
            busy = false;
            load.counters().cut();
            load.lost();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
