package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;

import io.netty.buffer.Unpooled;
import io.tollgate.gateway.dialect.OpenAiUsage;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/** An answer that is read whole, so that its cost stands in its head and it leaves in one write. */
final class WholeAnswer implements Answer {

    private final UpstreamCall call;

    WholeAnswer(UpstreamCall call) {
        this.call = call;
    }

    @Override
    public Publisher<Void> relay(HttpClientResponse upstream, ByteBufFlux body) {
        long announced = Collected.announced(upstream.responseHeaders().get(CONTENT_LENGTH));
        int max = call.hold().call().route().answerMax();
        return body.collect(() -> new Collected(announced, max), this::add)
                .flatMap(collected -> pass(upstream, collected.bytes()));
    }

    private void add(Collected collected, io.netty.buffer.ByteBuf part) {
        call.arrived();
        collected.add(part);
    }

    /** Charges and sends it. */
    Mono<Void> pass(HttpClientResponse upstream, byte[] bytes) {
        TokenUsage usage = OpenAiUsage.ofAnswer(bytes);
        if (usage == null) {
            TokenUsage counted = Charges.completed(call.hold(), Charges.outputIn(bytes.length));
            return send(upstream, bytes, call.hold().cost(counted));
        }
        return call.hold().settleReported(usage).flatMap(cost -> send(upstream, bytes, cost));
    }

    private Mono<Void> send(HttpClientResponse upstream, byte[] bytes, Credits cost) {
        call.begin(upstream);
        call.exchange().response().responseHeaders().set(ForwardedHeaders.COST, cost.toDecimal());
        return call.exchange()
                .response()
                .sendObject(Unpooled.wrappedBuffer(bytes))
                .then();
    }

    /** Its charge was decided before anything was sent. */
    @Override
    public void clientGone() {}
}
