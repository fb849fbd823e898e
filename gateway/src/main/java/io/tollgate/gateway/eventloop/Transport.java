package io.tollgate.gateway.eventloop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/** The event loops, and the kinds of channels that run on them. */
public record Transport(
        EventLoopGroup loops, Class<? extends SocketChannel> sockets, Class<? extends DatagramChannel> datagrams) {

    static IoHandlerFactory ioHandlers() {
        return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    static Transport on(EventLoopGroup loops) {
        return Epoll.isAvailable()
                ? new Transport(loops, EpollSocketChannel.class, EpollDatagramChannel.class)
                : new Transport(loops, NioSocketChannel.class, NioDatagramChannel.class);
    }
}
