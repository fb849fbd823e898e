package io.tollgate.gateway.connection;

import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.problem.ProblemBody;
import io.tollgate.gateway.routing.Route;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;

/**
 * A metered request and the answer to it, on the event loop of its connection. Answers after the first do nothing, so that whoever notices an end may
 * answer without knowing of the others; what is written once the client has left is dropped.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // what cannot be written was for a client that has left, which we are told
// elsewhere
public final class Exchange {

    private static final ClientEvents NOBODY = new ClientEvents() {
        @Override
        public void clientGone() {}

        @Override
        public void clientReadsAgain() {}
    };

    private final ClientConnection connection;
    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final Route route;
    private final RequestBody body;
    private ClientEvents listener = NOBODY;
    private Answered answered = Answered.NOT_YET;
    private boolean keepsAlive;
    private boolean bodiless;
    private @Nullable ChannelHandlerContext pastCodec;

    Exchange(ClientConnection connection, ChannelHandlerContext context, HttpRequest request, Route route) {
        this.connection = connection;
        this.context = context;
        this.request = request;
        this.route = route;
        body = new RequestBody(context, request, route.bodyMax());
    }

    private enum Answered {
        NOT_YET,
        BEGUN,
        WHOLLY,
        /** The client has left. */
        NEVER
    }

    /** What becomes of the client while its call goes on. */
    public interface ClientEvents {
        void clientGone();

        /** After it had not kept up with what was written: see {@link #keepsUp}. */
        void clientReadsAgain();
    }

    public HttpMethod method() {
        return request.method();
    }

    public HttpHeaders requestHeaders() {
        return request.headers();
    }

    public @Nullable String authorization() {
        return request.headers().get(AUTHORIZATION);
    }

    public Route route() {
        return route;
    }

    public EventLoop loop() {
        return context.channel().eventLoop();
    }

    /** Headers for an answer; not validated, since what goes into them is ours or was decoded. */
    public static HttpHeaders newHeaders() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }

    /** The client's body, read whole up to the route's bound; never answers if the client leaves first. */
    public Mono<ReceivedBody> body() {
        return body.whole();
    }

    RequestBody incoming() {
        return body;
    }

    /** Runs {@code step} on this exchange's loop, whichever thread brought us here: at once if it was that one. */
    public void runOnLoop(Runnable step) {
        if (loop().inEventLoop()) {
            step.run();
        } else {
            loop().execute(step);
        }
    }

    /** As {@link #runOnLoop}, as a step among others. */
    public Mono<Void> onLoop(Runnable step) {
        return loop().inEventLoop() ? Mono.fromRunnable(step) : Mono.fromRunnable(() -> loop().execute(step));
    }

    /** Goes on with {@code step} on this exchange's loop. */
    public Mono<Void> onLoop(Supplier<Mono<Void>> step) {
        return loop().inEventLoop() ? step.get() : Mono.defer(step).subscribeOn(Schedulers.fromExecutor(loop()));
    }

    /** Lets the steps run; {@code failed} is called on this exchange's loop. They are not cancelled when the client leaves: each looks for itself. */
    public void follow(Mono<Void> steps, Consumer<Throwable> failed) {
        steps.subscribe(null, failure -> runOnLoop(() -> failed.accept(failure)));
    }

    public void listen(ClientEvents events) {
        listener = events;
    }

    /** Whether the client has left. */
    public boolean gone() {
        return answered == Answered.NEVER;
    }

    /** Whether an answer has begun. */
    public boolean answered() {
        return answered != Answered.NOT_YET;
    }

    /** Whether the client reads what is written; until {@link ClientEvents#clientReadsAgain} nothing more should be. */
    public boolean keepsUp() {
        return context.channel().isWritable();
    }

    /** Answers with a problem in the dialect's shape, on whatever thread. */
    public Mono<Void> refuse(Problem problem) {
        runOnLoop(() -> {
            HttpHeaders headers = newHeaders();
            headers.set(CONTENT_TYPE, "application/json");
            problem.headers().forEach(header -> headers.set(header.getKey(), header.getValue()));
            answer(
                    HttpResponseStatus.valueOf(problem.status()),
                    headers,
                    Unpooled.wrappedBuffer(ProblemBody.openAi(problem)));
        });
        return Mono.empty();
    }

    /** Answers whole; {@code content} is given away. */
    public void answer(HttpResponseStatus status, HttpHeaders headers, ByteBuf content) {
        if (answered != Answered.NOT_YET) {
            content.release();
            return;
        }
        if (mayHaveBody(status)) {
            headers.set(CONTENT_LENGTH, content.readableBytes());
        }
        prepare(headers, connection.keepsAlive(this));
        answered = Answered.WHOLLY;
        connection.writeLast(
                this,
                context,
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content, headers, EmptyHttpHeaders.INSTANCE));
    }

    /**
     * Begins an answer that comes in parts.
     *
     * @param length of all parts; below zero if that is not known
     */
    public void begin(HttpResponseStatus status, HttpHeaders headers, long length) {
        if (answered != Answered.NOT_YET) {
            return;
        }
        boolean delimited = true;
        if (!mayHaveBody(status)) {
            bodiless = true;
        } else if (length >= 0) {
            headers.set(CONTENT_LENGTH, length);
        } else if (request.protocolVersion().minorVersion() > 0) {
            headers.set(TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            pastCodec = context.pipeline().context(NettyPipeline.HttpCodec);
        } else {
            delimited = false;
        }
        prepare(headers, delimited && connection.keepsAlive(this));
        answered = Answered.BEGUN;
        context.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers), context.voidPromise());
    }

    /** Writes a part, which is given away; it leaves with the next {@link #flush}. */
    public void part(ByteBuf content) {
        if (answered != Answered.BEGUN || bodiless) {
            content.release();
        } else if (pastCodec != null && ChunkFrame.fits(content)) {
            pastCodec.write(ChunkFrame.of(content, context.alloc()), context.voidPromise());
        } else {
            context.write(new DefaultHttpContent(content), context.voidPromise());
        }
    }

    public void flush() {
        if (answered == Answered.BEGUN) {
            context.flush();
        }
    }

    /** Ends an answer in parts. */
    public void end() {
        if (answered == Answered.BEGUN) {
            answered = Answered.WHOLLY;
            connection.writeLast(this, context, LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** Gives the client up: whatever it was told is not the whole answer, and it sees that by the connection's end. */
    public void hangUp() {
        if (answered == Answered.NOT_YET || answered == Answered.BEGUN) {
            connection.hangUp();
        }
    }

    void clientGone() {
        if (answered != Answered.WHOLLY) {
            answered = Answered.NEVER;
        }
        listener.clientGone();
    }

    void clientReadsAgain() {
        listener.clientReadsAgain();
    }

    boolean isKeptAlive() {
        return keepsAlive;
    }

    boolean asksToKeepAlive() {
        return HttpUtil.isKeepAlive(request);
    }

    private void prepare(HttpHeaders headers, boolean keep) {
        keepsAlive = keep;
        if (!keep) {
            headers.set(CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.protocolVersion().minorVersion() == 0) {
            headers.set(CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private static boolean mayHaveBody(HttpResponseStatus status) {
        return status.code() != HttpResponseStatus.NO_CONTENT.code()
                && status.code() != HttpResponseStatus.RESET_CONTENT.code()
                && status.code() != HttpResponseStatus.NOT_MODIFIED.code();
    }
}
