package io.tollgate.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.connection.Exchange;
import io.tollgate.gateway.dialect.OpenAiUsage;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import org.jspecify.annotations.Nullable;

/** An answer too large to be read whole: passed on as it comes, its end kept to find the usage in. */
final class LargeAnswer implements Answer {

    private static final int TAIL = 16 * 1024;

    private final Exchange exchange;
    private final OpenHold hold;
    private byte[] tail = {};
    private long length;

    LargeAnswer(UpstreamCall call, HttpResponse head) {
        exchange = call.exchange();
        hold = call.hold();
        call.begin(head);
    }

    @Override
    public void part(ByteBuf content) {
        note(content);
        exchange.part(content.retain());
    }

    private void note(ByteBuf part) {
        int more = part.readableBytes();
        length += more;
        int fresh = Math.min(more, TAIL);
        int kept = Math.min(tail.length, TAIL - fresh);
        byte[] next = new byte[kept + fresh];
        System.arraycopy(tail, tail.length - kept, next, 0, kept);
        part.getBytes(part.writerIndex() - fresh, next, kept, fresh);
        tail = next;
    }

    @Override
    public void pause() {
        exchange.flush();
    }

    @Override
    public void end() {
        TokenUsage usage = reported();
        if (usage != null) {
            hold.settle(usage, CountedBy.UPSTREAM, Outcome.COMPLETED);
        } else {
            Charges.completed(hold, Charges.outputIn(length));
        }
        exchange.end();
    }

    private @Nullable TokenUsage reported() {
        return OpenAiUsage.ofAnswer(tail);
    }

    /** A client sees by the connection's end that the answer is not whole: there is no place in it for an error. */
    @Override
    public void cut(Cut why) {
        Charges.cut(hold, reported(), Charges.outputIn(length), why);
        exchange.hangUp();
    }

    @Override
    public void clientGone() {
        Charges.clientGone(hold, reported(), Charges.outputIn(length));
    }
}
