package io.tollgate.loadtest.benchmark.upstream;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.tollgate.loadtest.benchmark.wire.Served;
import java.io.IOException;

/**
 * {@code POST /v1/chat/completions} answers with a completion, or with a stream where {@code "stream":true} is asked for;
 * {@code GET /_fake/deliveries} with what it answered under a {@code Tollgate-Request-Id}, newest {@value Deliveries#KEPT}.
 */
public final class Upstream {
    private static final int LARGEST_REQUEST = 1 << 20;

    private Upstream() {}

    /** The port; ends with its input. */
    public static void main(String[] arguments) throws IOException {
        Deliveries deliveries = new Deliveries();
        Served.untilInputEnds(Integer.parseInt(arguments[0]), 1, new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline()
                        .addLast(
                                new HttpRequestDecoder(),
                                new HttpObjectAggregator(LARGEST_REQUEST),
                                new Conversation(deliveries));
            }
        });
    }
}
