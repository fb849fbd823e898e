package io.tollgate.gateway.eventloop;

import static io.netty.handler.codec.http.HttpHeaderNames.HOST;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;

/**
 * Refuses with 400 what Netty lets pass although RFC 9112 does not: where a request ends and whom it is for must be beyond doubt, since a proxy in
 * front of us could read it differently.
 */
@Sharable
final class StrictRequests extends ChannelInboundHandlerAdapter implements ChannelPipelineConfigurer {

    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
        if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
            channel.pipeline().addAfter(NettyPipeline.HttpCodec, StrictRequests.class.getName(), this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            String fault = fault(request);
            if (fault != null) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(fault)));
            }
        }
        context.fireChannelRead(message);
    }

    private static @Nullable String fault(HttpRequest request) {
        if (request.protocolVersion().majorVersion() != 1) {
            return "neither HTTP/1.1 nor HTTP/1.0";
        }
        List<String> codings = request.headers().getAll(TRANSFER_ENCODING);
        if (!codings.isEmpty() && (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
            return "a transfer coding other than chunked";
        }
        int hosts = request.headers().getAll(HOST).size();
        boolean needed = request.protocolVersion().minorVersion() > 0;
        return hosts > 1 || (hosts == 0 && needed) ? "not exactly one Host" : null;
    }
}
