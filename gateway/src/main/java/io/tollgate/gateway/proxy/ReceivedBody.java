package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;

import io.tollgate.gateway.proxy.Collected.TooLongException;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** What became of reading a request's body. */
public sealed interface ReceivedBody {
    @SuppressWarnings("ArrayRecordComponent")
    record Received(byte[] bytes) implements ReceivedBody {}

    record TooLarge(int max) implements ReceivedBody {}

    /** Reads it, at most {@code max} bytes of it. */
    static Mono<ReceivedBody> read(HttpServerRequest request, int max) {
        long announced = Collected.announced(request.requestHeaders().get(CONTENT_LENGTH));
        if (announced > max) {
            return Mono.just(new TooLarge(max));
        }
        return request.receive()
                .collect(() -> new Collected(announced, max), Collected::add)
                .<ReceivedBody>map(collected -> new Received(collected.bytes()))
                .onErrorReturn(TooLongException.class, new TooLarge(max));
    }
}
