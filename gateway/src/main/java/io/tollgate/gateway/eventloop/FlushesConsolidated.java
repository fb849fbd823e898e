package io.tollgate.gateway.eventloop;

import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelPipelineConfigurer;
import reactor.netty.ConnectionObserver;

/**
 * Puts a {@link FlushConsolidationHandler} first into a pipeline: what one turn of the loop writes to a connection leaves in one system call. A
 * chunk still leaves within the turn in which it arrived.
 */
public final class FlushesConsolidated implements ChannelPipelineConfigurer {

    private static final int FLUSHES_MAX = 256;

    @Override
    public void onChannelInit(ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
        channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSHES_MAX, true));
    }
}
