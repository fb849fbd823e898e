package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;

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

    /** The client's body, read whole up to the route's bound. */
    public Mono<ReceivedBody> body() {
        return ReceivedBody.read(request, route.bodyMax());
    }

    /** Answers with a problem in the dialect's shape, or closes the connection if another answer has begun. */
    public Mono<Void> refuse(Problem problem) {
        if (response.hasSentHeaders()) {
            return Mono.error(new IllegalStateException("an answer has begun already: " + problem.code()));
        }
        response.status(problem.status());
        HttpHeaders headers = response.responseHeaders();
        headers.set(CONTENT_TYPE, "application/json");
        problem.headers().forEach(header -> headers.set(header.getKey(), header.getValue()));
        if (problem.status() == 413) {
            headers.set(CONNECTION, CLOSE);
        }
        return response.sendObject(Unpooled.wrappedBuffer(ProblemBody.openAi(problem)))
                .then();
    }
}
