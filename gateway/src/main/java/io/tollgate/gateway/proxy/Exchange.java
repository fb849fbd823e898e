package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.problem.ProblemBody;
import io.tollgate.gateway.routing.Route;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A client's request and the answer to it, on the event loop of the client's connection. */
public final class Exchange {

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Route route;
    private final EventLoop loop;

    public Exchange(HttpServerRequest request, HttpServerResponse response, Route route, EventLoop loop) {
        this.request = request;
        this.response = response;
        this.route = route;
        this.loop = loop;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return response;
    }

    EventLoop loop() {
        return loop;
    }

    public Route route() {
        return route;
    }

    public @Nullable String authorization() {
        return request.requestHeaders().get(AUTHORIZATION);
    }

    /** Goes on with {@code step} on this exchange's loop, whichever thread brought us here: at once if it was that one. */
    public <T> Mono<T> onLoop(Supplier<Mono<T>> step) {
        return loop.inEventLoop() ? step.get() : Mono.defer(step).subscribeOn(Schedulers.fromExecutor(loop));
    }

    /** Gives the client up: whatever goes on for it is cancelled, as if it had left. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void hangUp() {
        request.withConnection(connection -> connection.channel().close());
    }

    /** The client's body, read whole up to the route's bound. */
    public Mono<ReceivedBody> body() {
        return ReceivedBody.read(request, route.bodyMax());
    }

    /** Whether an answer has begun: ours, or the server's own to a request that is no HTTP. */
    public boolean answered() {
        return response.hasSentHeaders();
    }

    /** Answers with a problem in the dialect's shape; does nothing if the server has answered already. */
    public Mono<Void> refuse(Problem problem) {
        if (answered()) {
            return Mono.empty();
        }
        response.status(problem.status());
        HttpHeaders headers = response.responseHeaders();
        headers.set(CONTENT_TYPE, "application/json");
        problem.headers().forEach(header -> headers.set(header.getKey(), header.getValue()));
        return response.sendObject(Unpooled.wrappedBuffer(ProblemBody.openAi(problem)))
                .then();
    }
}
