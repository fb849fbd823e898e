package io.tollgate.loadtest.benchmark.wire;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server of the benchmark as a process: it listens on the loopback interface and ends with its parent. */
public final class Served {
    private Served() {}

    /** Returns when the process that started this one has closed its input or has ended. */
    public static void untilInputEnds(int port, int threads, ChannelHandler connections) throws IOException {
        Transport transport = Transport.ofThisMachine();
        try (EventLoopGroup loops = transport.loops(threads)) {
            transport
                    .server(loops, connections)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .syncUninterruptibly();
            while (System.in.read() >= 0) {
                // nothing is ever said to it
            }
        }
    }
}
