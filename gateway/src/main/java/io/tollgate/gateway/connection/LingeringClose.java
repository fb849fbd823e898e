package io.tollgate.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Ends a connection whose client may still be sending. Closed at once, the operating system would answer what still comes with a reset, which destroys
 * the answer on its way; so the client is told that nothing more will be said, and whoever owns the connection closes it a little later, unless the client does.
 */
final class LingeringClose implements ChannelFutureListener {

    static final LingeringClose LINGERING = new LingeringClose();

    private LingeringClose() {}

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void operationComplete(ChannelFuture written) {
        Channel channel = written.channel();
        if (!written.isSuccess()) {
            channel.close();
        } else if (channel instanceof DuplexChannel duplex && channel.pipeline().get(SslHandler.class) == null) {
            duplex.shutdownOutput();
        }
    }
}
