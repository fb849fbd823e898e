package io.tollgate.gateway.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponse;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.connection.Exchange;
import io.tollgate.gateway.dialect.OpenAiStream;
import io.tollgate.gateway.problem.ProblemBody;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import org.jspecify.annotations.Nullable;

/** Server-sent events, passed on as they come. */
final class StreamedAnswer implements Answer {

    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] EVENT_END = "\n\n".getBytes(US_ASCII);

    private final Exchange exchange;
    private final OpenHold hold;
    private final OpenAiStream events;
    private final Runnable creditGone;

    StreamedAnswer(UpstreamCall call, HttpResponse head) {
        exchange = call.exchange();
        hold = call.hold();
        events = new OpenAiStream(
                hold.call().request().usageAsked(),
                hold::cost,
                hold.call().route().eventMax());
        creditGone = call::creditGone;
        call.beginStream(head);
    }

    @Override
    public void part(ByteBuf content) {
        write(events.pass(content));
        if (!events.done()) {
            hold.delivered(events.counted(), exchange.loop(), creditGone);
        }
    }

    private void write(@Nullable ByteBuf leaving) {
        if (leaving != null) {
            exchange.part(leaving);
        }
    }

    @Override
    public void pause() {
        exchange.flush();
    }

    /** The upstream has ended its answer; whether the stream in it was whole is another matter. */
    @Override
    public void end() {
        ByteBuf rest = events.rest();
        write(rest);
        if (events.usage() != null || events.done()) {
            complete();
            return;
        }
        if (rest != null) {
            exchange.part(Unpooled.wrappedBuffer(EVENT_END));
        }
        cut(Cut.BY_UPSTREAM);
    }

    private void complete() {
        TokenUsage usage = events.usage();
        if (usage != null) {
            hold.settle(usage, CountedBy.UPSTREAM, Outcome.COMPLETED);
        } else {
            Charges.completed(hold, events.counted());
        }
        exchange.end();
    }

    /** Ends the stream for the client with an event that says why, and charges what was delivered. */
    @Override
    public void cut(Cut why) {
        if (events.done()) {
            complete();
            return;
        }
        Charges.cut(hold, events.usage(), events.counted(), why);
        exchange.part(Unpooled.wrappedBuffer(DATA, ProblemBody.openAi(why.problem()), EVENT_END));
        exchange.end();
    }

    @Override
    public void clientGone() {
        Charges.clientGone(hold, events.usage(), events.counted());
    }
}
