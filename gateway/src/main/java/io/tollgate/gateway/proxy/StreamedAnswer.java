package io.tollgate.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.dialect.OpenAiStream;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.problem.ProblemBody;
import io.tollgate.gateway.proxy.UpstreamCall.Cut;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.nio.charset.StandardCharsets;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/** Server-sent events, passed on as they come. */
final class StreamedAnswer implements Answer {

    private final UpstreamCall call;
    private final OpenHold hold;
    private final OpenAiStream events;

    StreamedAnswer(UpstreamCall call) {
        this.call = call;
        hold = call.hold();
        events = new OpenAiStream(
                hold.call().request().usageAsked(),
                hold::cost,
                hold.call().route().eventMax());
    }

    @Override
    public Publisher<Void> relay(HttpClientResponse upstream, ByteBufFlux body) {
        call.begin(upstream);
        Flux<ByteBuf> passed = body.<ByteBuf>handle(this::pass)
                .concatWith(Mono.defer(this::complete))
                .onErrorResume(_ -> Mono.fromSupplier(this::cutOff));
        return call.exchange().response().send(passed, _ -> true).then();
    }

    private void pass(ByteBuf arrived, SynchronousSink<ByteBuf> client) {
        call.arrived();
        ByteBuf leaving = events.pass(arrived);
        if (leaving != null) {
            client.next(leaving);
        }
    }

    /** The upstream has ended its answer; whether the stream in it was whole is another matter. */
    private Mono<ByteBuf> complete() {
        ByteBuf rest = events.rest();
        TokenUsage usage = events.usage();
        if (usage != null) {
            hold.settle(usage, CountedBy.UPSTREAM, Outcome.COMPLETED);
        } else if (events.done()) {
            Charges.completed(hold, events.counted());
        } else {
            return Flux.just(rest == null ? Unpooled.EMPTY_BUFFER : rest, cutOff())
                    .reduce(Unpooled::wrappedBuffer);
        }
        return Mono.justOrEmpty(rest);
    }

    /** Ends the stream for the client with an event that says why, and charges what was delivered. */
    private ByteBuf cutOff() {
        if (call.cut() == Cut.BY_CREDIT) {
            Charges.creditRanOut(hold, events.usage(), events.counted());
        } else {
            Charges.upstreamCut(hold, events.usage(), events.counted());
        }
        byte[] error = ProblemBody.openAi(
                switch (call.cut()) {
                    case BY_UPSTREAM ->
                        Problem.of(
                                502,
                                "upstream_cut",
                                "The upstream broke the answer off; what was delivered is charged.");
                    case BY_TIMEOUT ->
                        Problem.of(
                                504, "upstream_timeout", "The upstream took too long; what was delivered is charged.");
                    case BY_CREDIT ->
                        Problem.of(402, "credit_ran_out", "The credit ran out; what was delivered is charged.");
                });
        return Unpooled.wrappedBuffer(
                "data: ".getBytes(StandardCharsets.US_ASCII), error, "\n\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void clientGone() {
        Charges.clientGone(hold, events.usage(), events.counted());
    }
}
