package io.tollgate.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an upstream: one request after the other, each with the events of its answer. An answer in an encoding nobody asked for is decoded, since
 * its usage has to be read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what cannot be written breaks the connection, which we are told
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private static final String DECODER = HttpContentDecompressor.class.getName();

    /** What one piece of a compressed answer may grow to at once. */
    private static final int DECODED_MAX = 1 << 20;

    private final UpstreamPool pool;
    private final Channel channel;
    private @Nullable UpstreamEvents events;
    private boolean keepsAlive;
    private boolean informational;
    /** It has served its request, but the read that brought the answer's end may hold more, which would make it unfit for another. */
    private boolean free;

    private int served;
    private long idleSinceNanos;

    UpstreamConnection(UpstreamPool pool, Channel channel) {
        this.pool = pool;
        this.channel = channel;
    }

    /** Sends a request, which is given away; whoever sends must have got this connection from the pool. */
    public void send(FullHttpRequest request, UpstreamEvents answer) {
        events = answer;
        served++;
        channel.writeAndFlush(request, channel.voidPromise());
    }

    /** Whether it has served another request before: then the upstream may have closed it while it was idle, without having seen the latest. */
    public boolean reused() {
        return served > 1;
    }

    /** While the client does not keep up, nothing more is read. */
    public void read(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    /** Breaks the connection off; its answer, if it is not complete, is told of it. */
    public void close() {
        channel.close();
    }

    /** As {@link #close}, without anybody being told. */
    public void abandon() {
        events = null;
        channel.close();
    }

    boolean usable() {
        return channel.isActive() && events == null;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idle(long nowNanos) {
        idleSinceNanos = nowNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        UpstreamEvents answer = events;
        if (answer == null) {
            // An upstream that speaks without having been asked cannot be trusted to answer the next request.
            ReferenceCountUtil.release(message);
            free = false;
            channel.close();
        } else if (!(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            fail(new DecoderException("the upstream speaks another protocol"));
        } else if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(part.decoderResult().cause());
        } else if (message instanceof HttpResponse head && isEncoded(head)) {
            decode(context, head);
        } else {
            pass(answer, message);
        }
    }

    private void pass(UpstreamEvents answer, Object message) {
        if (message instanceof HttpResponse head) {
            informational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!informational) {
                keepsAlive = HttpUtil.isKeepAlive(head);
                answer.head(head);
            }
        }
        if (message instanceof HttpContent content) {
            try {
                if (content.content().isReadable() && events != null) {
                    answer.part(content.content());
                }
            } finally {
                content.release();
            }
            if (message instanceof LastHttpContent && !informational && events != null) {
                complete(answer);
            }
        }
    }

    private void complete(UpstreamEvents answer) {
        events = null;
        if (channel.pipeline().get(DECODER) != null) {
            channel.pipeline().remove(DECODER);
        }
        if (keepsAlive && channel.isActive()) {
            channel.config().setAutoRead(true);
            free = true;
        } else {
            channel.close();
        }
        answer.end();
    }

    private static boolean isEncoded(HttpResponse head) {
        return head.headers().contains(HttpHeaderNames.CONTENT_ENCODING)
                && !head.headers().contains(HttpHeaderNames.CONTENT_ENCODING, "identity", true);
    }

    private void decode(ChannelHandlerContext context, HttpResponse head) {
        if (channel.pipeline().get(DECODER) != null) {
            ReferenceCountUtil.release(head);
            fail(new DecoderException("the upstream answers in an encoding that is not known here"));
            return;
        }
        channel.pipeline().addBefore(context.name(), DECODER, new HttpContentDecompressor(DECODED_MAX));
        UpstreamPool.codecOf(channel.pipeline()).fireChannelRead(head);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (events != null) {
            events.pause();
        } else if (free) {
            free = false;
            pool.release(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.closed(this);
        fail(new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    /** Said before the connection closes: an answer that only a close would end must not look whole because of ours. */
    private void fail(Throwable cause) {
        UpstreamEvents answer = events;
        events = null;
        channel.close();
        if (answer != null) {
            answer.broken(cause);
        }
    }
}
