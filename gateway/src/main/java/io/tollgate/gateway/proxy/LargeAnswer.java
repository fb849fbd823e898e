package io.tollgate.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.dialect.OpenAiUsage;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/** An answer too large to be read whole: passed on as it comes, its end kept to find the usage in. */
final class LargeAnswer implements Answer {

    private static final int TAIL = 16 * 1024;

    private final UpstreamCall call;
    private final OpenHold hold;
    private byte[] tail = {};
    private long length;

    LargeAnswer(UpstreamCall call) {
        this.call = call;
        hold = call.hold();
    }

    @Override
    public Publisher<Void> relay(HttpClientResponse upstream, ByteBufFlux body) {
        return relayOwned(upstream, body.retain());
    }

    /** As {@link #relay}, of buffers that are given away. */
    Mono<Void> relayOwned(HttpClientResponse upstream, Flux<ByteBuf> body) {
        call.begin(upstream);
        Flux<ByteBuf> passed = body.doOnNext(this::note)
                .doOnComplete(this::complete)
                .doOnError(_ -> Charges.upstreamCut(hold, reported(), Charges.outputIn(length)));
        return call.exchange().response().send(passed).then();
    }

    private void note(ByteBuf part) {
        call.arrived();
        int more = part.readableBytes();
        length += more;
        int fresh = Math.min(more, TAIL);
        int kept = Math.min(tail.length, TAIL - fresh);
        byte[] next = new byte[kept + fresh];
        System.arraycopy(tail, tail.length - kept, next, 0, kept);
        part.getBytes(part.writerIndex() - fresh, next, kept, fresh);
        tail = next;
    }

    private void complete() {
        TokenUsage usage = reported();
        if (usage != null) {
            hold.settle(usage, CountedBy.UPSTREAM, Outcome.COMPLETED);
        } else {
            Charges.completed(hold, Charges.outputIn(length));
        }
    }

    private @Nullable TokenUsage reported() {
        return OpenAiUsage.ofAnswer(tail);
    }

    @Override
    public void clientGone() {
        Charges.clientGone(hold, reported(), Charges.outputIn(length));
    }
}
