package io.tollgate.gateway.connection;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.tollgate.gateway.connection.ReceivedBody.Received;
import io.tollgate.gateway.connection.ReceivedBody.TooLarge;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A request's body as it comes in, kept up to a bound. */
final class RequestBody {

    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final int max;
    private @Nullable Collected collected;
    private Sinks.@Nullable One<ReceivedBody> awaited;
    private boolean whole;

    RequestBody(ChannelHandlerContext context, HttpRequest request, int max) {
        this.context = context;
        this.request = request;
        this.max = max;
        long announced = Collected.announced(request.headers().get(CONTENT_LENGTH));
        collected = announced > max ? null : new Collected(announced, max);
    }

    /** Whether all of it has come, kept or not. */
    boolean isWhole() {
        return whole;
    }

    /** Takes a part, without releasing it. */
    void receive(HttpContent part) {
        if (collected != null) {
            if (collected.fits(part.content())) {
                collected.add(part.content());
            } else {
                collected = null;
            }
        }
        whole |= part instanceof LastHttpContent;
        if (awaited != null && (whole || collected == null)) {
            awaited.tryEmitValue(outcome());
            awaited = null;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    Mono<ReceivedBody> whole() {
        if (whole || collected == null) {
            return Mono.just(outcome());
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(
                    new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER),
                    context.voidPromise());
        }
        Sinks.One<ReceivedBody> sink = Sinks.unsafe().one();
        awaited = sink;
        return sink.asMono();
    }

    private ReceivedBody outcome() {
        return collected == null ? new TooLarge(max) : new Received(collected.bytes());
    }
}
