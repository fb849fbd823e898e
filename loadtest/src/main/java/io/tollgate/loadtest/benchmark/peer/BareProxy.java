package io.tollgate.loadtest.benchmark.peer;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.tollgate.loadtest.benchmark.wire.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The least a proxy on the JVM can cost: Netty's codecs and nothing else. No timeouts, no error pages, no metering, so
 * it is a floor to compare with and nothing to use.
 */
public final class BareProxy {
    private BareProxy() {}

    /** Its port and the upstream's; ends with its input. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress upstream =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        Served.untilInputEnds(
                Integer.parseInt(arguments[0]),
                Runtime.getRuntime().availableProcessors(),
                new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new BareProxyFront(upstream));
                    }
                });
    }
}
