package io.tollgate.loadtest.benchmark.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection's requests, one after the other. */
final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Deliveries deliveries;

    Conversation(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        Channel channel = context.channel();
        if (request.uri().startsWith("/_fake/deliveries")) {
            var _ = channel.writeAndFlush(Answers.json(deliveries.page(request.uri())));
            return;
        }
        String body = request.content().toString(UTF_8);
        @Nullable
        String call = body.contains(Deliveries.WITNESSED) ? request.headers().get("Tollgate-Request-Id") : null;
        if (body.contains("\"stream\":true")) {
            stream(channel, Pace.of(body), call);
        } else {
            deliveries.add(call, Answers.OUTPUT_TOKENS);
            var _ = channel.writeAndFlush(Answers.plain());
        }
    }

    private void stream(Channel channel, Pace pace, @Nullable String call) {
        var _ = channel.write(Answers.streamHead());
        if (pace != Pace.AT_ONCE) {
            later(channel, pace, 0);
            return;
        }
        for (int chunk = 0; chunk < pace.chunks(); chunk++) {
            var _ = channel.writeAndFlush(Answers.chunk(chunk));
        }
        deliveries.add(call, Answers.STREAMED_TOKENS);
        var _ = channel.writeAndFlush(Answers.streamTail());
    }

    private void later(Channel channel, Pace pace, int chunk) {
        var _ = channel.eventLoop()
                .schedule(() -> next(channel, pace, chunk), pace.betweenChunks().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void next(Channel channel, Pace pace, int chunk) {
        if (!channel.isActive()) {
            return;
        }
        var _ = channel.writeAndFlush(Answers.chunk(chunk));
        if (chunk + 1 < pace.chunks()) {
            later(channel, pace, chunk + 1);
        } else {
            var _ = channel.writeAndFlush(Answers.streamTail());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
