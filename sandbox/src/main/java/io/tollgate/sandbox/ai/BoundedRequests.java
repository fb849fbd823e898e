package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Whole requests up to a size; a larger one gets 413 and the end of its connection, unread. */
final class BoundedRequests extends HttpObjectAggregator {
    private static final String TOO_LARGE =
            "{\"error\":{\"message\":\"The request body is too large.\",\"type\":\"invalid_request_error\","
                    + "\"param\":null,\"code\":\"request_too_large\"}}";

    BoundedRequests(int maxBodyBytes) {
        super(maxBodyBytes);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        ByteBuf body = context.alloc().buffer(TOO_LARGE.length());
        body.writeCharSequence(TOO_LARGE, StandardCharsets.US_ASCII);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Wire.JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
