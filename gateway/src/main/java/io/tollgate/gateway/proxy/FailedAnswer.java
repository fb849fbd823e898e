package io.tollgate.gateway.proxy;

import org.reactivestreams.Publisher;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/** The upstream's refusal: not charged, and passed on as it is. */
final class FailedAnswer implements Answer {

    private final UpstreamCall call;

    FailedAnswer(UpstreamCall call) {
        this.call = call;
    }

    @Override
    public Publisher<Void> relay(HttpClientResponse upstream, ByteBufFlux body) {
        call.hold().release();
        call.begin(upstream);
        return call.exchange()
                .response()
                .send(body.retain().doOnNext(_ -> call.arrived()))
                .then();
    }

    @Override
    public void clientGone() {
        call.hold().release();
    }
}
