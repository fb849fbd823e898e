package io.tollgate.metering.redis;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What Lettuce needs beside a connection, so that it stays on one loop and writes once per turn of it. */
final class LoopResources {

    private static final int FLUSH_AFTER = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    private LoopResources() {}

    static ClientResources on(EventLoop loop, ConnectionLimits limits) {
        return DefaultClientResources.builder()
                .eventLoopGroupProvider(new OneLoop(loop))
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .reconnectDelay(Delay.equalJitter(FIRST_PAUSE, limits.reconnectAtMost(), 10, TimeUnit.MILLISECONDS))
                .nettyCustomizer(new ConsolidatedFlushes())
                .build();
    }

    private static final class ConsolidatedFlushes implements NettyCustomizer {
        @Override
        public void afterChannelInitialized(Channel channel) {
            channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSH_AFTER, true));
        }
    }
}
