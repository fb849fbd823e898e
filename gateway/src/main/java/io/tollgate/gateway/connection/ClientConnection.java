package io.tollgate.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Route;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection: takes the requests to metered routes out of it and leaves all others to the server behind. Requests are served one
 * after the other; what comes ahead of its turn waits here, at most what one read brings, since nothing more is read meanwhile.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // what cannot be written was for a client that has left, which we are told
// elsewhere
final class ClientConnection extends ChannelDuplexHandler implements Rounds.Watched {

    private final Metered metered;
    private final Rounds rounds;
    private final Channel channel;
    private final ArrayDeque<Object> parked = new ArrayDeque<>(2);

    private Turn turn = Turn.NOBODYS;
    private @Nullable Exchange exchange;
    private boolean served;
    private boolean requestPassed;
    private boolean answerPassed;
    private boolean serverCloses;
    private boolean messageRead;
    private boolean headBegun;
    private boolean unparking;
    private boolean written;
    private long unwritten;
    private long sinceNanos;

    /** Whose request is being dealt with. */
    private enum Turn {
        NOBODYS,
        OURS,
        THE_SERVERS,
        /** The last answer is on its way; what still comes is thrown away. */
        CLOSING
    }

    ClientConnection(Metered metered, Rounds rounds, Channel channel) {
        this.metered = metered;
        this.rounds = rounds;
        this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        sinceNanos = rounds.nowNanos();
        rounds.addConnection(this);
        channel.config().setAutoRead(true);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        rounds.removeConnection(this);
        turn = Turn.CLOSING;
        Exchange left = exchange;
        if (left != null) {
            exchange = null;
            metered.calls().ended();
            left.clientGone();
        }
        parked.forEach(ReferenceCountUtil::release);
        parked.clear();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        messageRead = true;
        boolean ahead = message instanceof HttpRequest && !canBegin();
        if (ahead || !parked.isEmpty()) {
            parked.add(message);
            channel.config().setAutoRead(false);
        } else {
            take(context, message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!messageRead && !headBegun && turn == Turn.NOBODYS) {
            headBegun = true;
            sinceNanos = rounds.nowNanos();
        }
        messageRead = false;
        serve();
        context.fireChannelReadComplete();
    }

    private void take(ChannelHandlerContext context, Object message) {
        switch (turn) {
            case NOBODYS -> begin(context, message);
            case OURS -> receive((HttpContent) message);
            case THE_SERVERS -> {
                requestPassed = message instanceof LastHttpContent;
                context.fireChannelRead(message);
                nextAfterTheServers(context);
            }
            case CLOSING -> ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, Object message) {
        if (!(message instanceof HttpRequest request)) {
            ReferenceCountUtil.release(message);
            return;
        }
        sinceNanos = rounds.nowNanos();
        headBegun = false;
        Problem fault = UnreadableRequest.faultOf(request);
        if (fault != null) {
            ReferenceCountUtil.release(message);
            refuse(fault);
            return;
        }
        Route route = metered.routeOf(request);
        if (route == null) {
            turn = Turn.THE_SERVERS;
            requestPassed = request instanceof LastHttpContent;
            answerPassed = false;
            channel.config().setAutoRead(false);
            context.fireChannelRead(request);
        } else {
            turn = Turn.OURS;
            served = false;
            exchange = new Exchange(this, context, request, route);
            metered.calls().begun();
        }
    }

    private void receive(HttpContent part) {
        Exchange current = exchange;
        if (current != null) {
            if (part.decoderResult().isFailure()) {
                current.refuse(UnreadableRequest.brokenBody());
            } else {
                current.incoming().receive(part);
                if (current.incoming().isWhole()) {
                    serve();
                }
            }
        }
        part.release();
    }

    /** Serves the request once, with what came of it in one read: mostly that is all of it. */
    private void serve() {
        Exchange current = exchange;
        if (current != null && !served) {
            served = true;
            metered.serve(current);
        }
    }

    /** Whether the connection can take another request after this one: not while a part of this is still to come. */
    boolean keepsAlive(Exchange current) {
        return current.incoming().isWhole()
                && current.asksToKeepAlive()
                && !metered.calls().refusing();
    }

    /** Writes the last of an exchange's answer; then the next request has its turn. */
    void writeLast(Exchange done, ChannelHandlerContext context, Object last) {
        exchange = null;
        metered.calls().ended();
        sinceNanos = rounds.nowNanos();
        if (done.isKeptAlive()) {
            turn = Turn.NOBODYS;
            context.writeAndFlush(last, context.voidPromise());
            next(context);
        } else {
            boolean whole = done.incoming().isWhole();
            closeAfter(context.writeAndFlush(last), whole ? ChannelFutureListener.CLOSE : LingeringClose.LINGERING);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        serverCloses |= message instanceof HttpResponse response && !HttpUtil.isKeepAlive(response);
        context.write(message, promise);
        if (message instanceof LastHttpContent && turn == Turn.THE_SERVERS && !isInformational(message)) {
            answerPassed = true;
            nextAfterTheServers(context);
        }
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void nextAfterTheServers(ChannelHandlerContext context) {
        if (requestPassed && answerPassed) {
            turn = serverCloses ? Turn.CLOSING : Turn.NOBODYS;
            sinceNanos = rounds.nowNanos();
            // The server is still in the midst of writing.
            channel.eventLoop().execute(() -> next(context));
        }
    }

    /** Takes what waits, up to the next request that has to be answered first. */
    private void next(ChannelHandlerContext context) {
        if (unparking) {
            return;
        }
        unparking = true;
        while (!parked.isEmpty() && (canBegin() || !(parked.peek() instanceof HttpRequest))) {
            take(context, parked.remove());
        }
        unparking = false;
        if (parked.isEmpty() && turn != Turn.THE_SERVERS && !channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        if (!messageRead) {
            serve();
        }
    }

    /** Not before the client has read what it was answered last: who asks and asks and reads nothing would fill our memory. */
    private boolean canBegin() {
        return turn == Turn.CLOSING || (turn == Turn.NOBODYS && channel.isWritable());
    }

    private void refuse(Problem problem) {
        ChannelHandlerContext context = channel.pipeline().context(this);
        closeAfter(context.writeAndFlush(UnreadableRequest.answer(problem)), LingeringClose.LINGERING);
    }

    private void closeAfter(ChannelFuture lastWritten, ChannelFutureListener how) {
        turn = Turn.CLOSING;
        sinceNanos = rounds.nowNanos();
        lastWritten.addListener(how).addListener(_ -> {
            written = true;
            sinceNanos = rounds.nowNanos();
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            if (exchange != null) {
                exchange.clientReadsAgain();
            } else if (turn == Turn.NOBODYS) {
                next(context);
            }
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (turn == Turn.THE_SERVERS && !(cause instanceof IOException)) {
            context.fireExceptionCaught(cause);
        } else {
            channel.close();
        }
    }

    void hangUp() {
        channel.close();
    }

    /** A client that reads its answer slowly is not idle. */
    private void noteProgress(long nowNanos) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long left = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        if (left < unwritten) {
            sinceNanos = nowNanos;
        }
        unwritten = left;
    }

    @Override
    public void look(long nowNanos) {
        noteProgress(nowNanos);
        long waited = nowNanos - sinceNanos;
        ConnectionProperties bounds = metered.bounds();
        switch (turn) {
            case NOBODYS -> {
                if (headBegun && waited > bounds.requestTimeout().toNanos()) {
                    refuse(UnreadableRequest.tooSlow());
                } else if (waited > bounds.idleTimeout().toNanos()) {
                    channel.close();
                }
            }
            case OURS -> {
                if (exchange != null
                        && !exchange.incoming().isWhole()
                        && waited > bounds.requestTimeout().toNanos()) {
                    exchange.refuse(UnreadableRequest.tooSlow());
                }
            }
            case CLOSING -> {
                if (waited > (written ? bounds.lingerTimeout() : bounds.idleTimeout()).toNanos()) {
                    channel.close();
                }
            }
            case THE_SERVERS -> {
                // It has answered without the rest of the body, which does not come.
                if (answerPassed && waited > bounds.requestTimeout().toNanos()) {
                    channel.close();
                }
            }
        }
    }
}
