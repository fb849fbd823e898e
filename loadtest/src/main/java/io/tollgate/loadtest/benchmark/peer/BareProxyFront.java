package io.tollgate.loadtest.benchmark.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import io.tollgate.loadtest.benchmark.wire.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's connection: each request goes out on a kept connection of the same event loop. */
final class BareProxyFront extends ChannelInboundHandlerAdapter {
    private static final Transport TRANSPORT = Transport.ofThisMachine();
    private static final FastThreadLocal<ArrayDeque<Back>> KEPT = new FastThreadLocal<>() {
        @Override
        protected ArrayDeque<Back> initialValue() {
            return new ArrayDeque<>();
        }
    };

    private final InetSocketAddress upstream;
    private final List<Object> waiting = new ArrayList<>();
    private @Nullable Back back;
    private boolean connecting;

    BareProxyFront(InetSocketAddress upstream) {
        this.upstream = upstream;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            takeConnection(context.channel());
        }
        if (connecting) {
            waiting.add(message);
        } else if (back != null) {
            var _ = back.channel.write(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void takeConnection(Channel front) {
        Back kept = KEPT.get().pollLast();
        while (kept != null && !kept.channel.isActive()) {
            kept = KEPT.get().pollLast();
        }
        if (kept == null) {
            connect(front);
        } else {
            kept.front = front;
            back = kept;
        }
    }

    private void connect(Channel front) {
        connecting = true;
        ChannelInitializer<SocketChannel> pipeline = new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpClientCodec(), new Back(channel, front));
            }
        };
        ChannelFuture connected = TRANSPORT.client(front.eventLoop(), pipeline).connect(upstream);
        connected.addListener(done -> {
            connecting = false;
            if (!done.isSuccess()) {
                waiting.forEach(ReferenceCountUtil::release);
                var _ = front.close();
                return;
            }
            Back opened = connected.channel().pipeline().get(Back.class);
            back = opened;
            for (Object message : waiting) {
                var _ = opened.channel.write(message);
            }
            waiting.clear();
            opened.channel.flush();
        });
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (back != null) {
            back.channel.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (back != null) {
            var _ = back.channel.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }

    /** A connection to the upstream, and whoever has it at the moment. */
    private static final class Back extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private @Nullable Channel front;

        Back(Channel channel, Channel front) {
            this.channel = channel;
            this.front = front;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel to = front;
            if (to == null) {
                ReferenceCountUtil.release(message);
                return;
            }
            boolean last = message instanceof LastHttpContent;
            var _ = to.write(message);
            if (last) {
                to.flush();
                to.pipeline().get(BareProxyFront.class).back = null;
                front = null;
                KEPT.get().addLast(this);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (front != null) {
                front.flush();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (front != null) {
                var _ = front.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }
    }
}
