package io.tollgate.gateway.proxy;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/**
 * An answer whose size the upstream has not announced: read whole like a {@link WholeAnswer} until it outgrows the bound, from there on
 * passed on as it comes, like a {@link LargeAnswer}.
 */
final class UnannouncedAnswer implements Answer {

    private final UpstreamCall call;
    private final Collected collected;
    private @Nullable LargeAnswer large;

    UnannouncedAnswer(UpstreamCall call) {
        this.call = call;
        collected = new Collected(-1, call.hold().call().route().answerMax());
    }

    @Override
    public Publisher<Void> relay(HttpClientResponse upstream, ByteBufFlux body) {
        return body.<ByteBuf>handle(this::keepOrPass)
                .switchOnFirst(
                        (first, passed) -> first.hasValue() ? outgrown(upstream, passed) : whole(upstream, passed));
    }

    private void keepOrPass(ByteBuf part, SynchronousSink<ByteBuf> client) {
        call.arrived();
        if (large != null) {
            client.next(part.retain());
        } else if (collected.fits(part)) {
            collected.add(part);
        } else {
            large = new LargeAnswer(call);
            client.next(Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(collected.bytes()), part.retain()));
        }
    }

    private Mono<Void> outgrown(HttpClientResponse upstream, Flux<ByteBuf> passed) {
        return requireNonNull(large).relayOwned(upstream, passed);
    }

    private Mono<Void> whole(HttpClientResponse upstream, Flux<ByteBuf> nothing) {
        return nothing.then(Mono.defer(() -> new WholeAnswer(call).pass(upstream, collected.bytes())));
    }

    @Override
    public void clientGone() {
        if (large != null) {
            large.clientGone();
        }
    }
}
