package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.tollgate.gateway.connection.Collected;
import io.tollgate.gateway.dialect.OpenAiUsage;
import io.tollgate.gateway.problem.Problems;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read whole, so that its cost stands in its head and it leaves in one write. One that outgrows the bound without having announced it is passed on as it
 * comes from there on, as a {@link LargeAnswer}.
 */
final class WholeAnswer implements Answer {

    private final UpstreamCall call;
    private final HttpResponse head;
    private final Collected collected;
    private @Nullable LargeAnswer outgrown;

    WholeAnswer(UpstreamCall call, HttpResponse head) {
        this.call = call;
        this.head = head;
        collected = new Collected(
                Collected.announced(head.headers().get(CONTENT_LENGTH)),
                call.hold().call().route().answerMax());
    }

    @Override
    public void part(ByteBuf content) {
        if (outgrown != null) {
            outgrown.part(content);
        } else if (collected.fits(content)) {
            collected.add(content);
        } else {
            outgrown = new LargeAnswer(call, head);
            outgrown.part(Unpooled.wrappedBuffer(collected.bytes()));
            outgrown.part(content);
        }
    }

    @Override
    public void pause() {
        if (outgrown != null) {
            outgrown.pause();
        }
    }

    @Override
    public void end() {
        if (outgrown != null) {
            outgrown.end();
            return;
        }
        byte[] bytes = collected.bytes();
        TokenUsage usage = OpenAiUsage.ofAnswer(bytes);
        if (usage == null) {
            TokenUsage counted = Charges.completed(call.hold(), Charges.outputIn(bytes.length));
            send(bytes, call.hold().cost(counted));
        } else {
            call.exchange()
                    .follow(
                            call.hold()
                                    .settleReported(usage)
                                    .doOnNext(cost -> call.exchange().runOnLoop(() -> send(bytes, cost)))
                                    .then(),
                            failure -> call.exchange().refuse(Problems.of(failure)));
        }
    }

    private void send(byte[] bytes, Credits cost) {
        HttpHeaders headers = call.answerHeaders(head);
        headers.set(ForwardedHeaders.COST, cost.toDecimal());
        call.exchange().answer(head.status(), headers, Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public boolean unseen() {
        return outgrown == null;
    }

    @Override
    public void cut(Cut why) {
        requireNonNull(outgrown).cut(why);
    }

    /** The client has got nothing, but the upstream has done as much as is here by now. */
    @Override
    public void clientGone() {
        if (outgrown != null) {
            outgrown.clientGone();
        } else {
            TokenUsage reported = OpenAiUsage.ofAnswer(collected.bytes());
            Charges.clientGone(call.hold(), reported, Charges.outputIn(collected.length()));
        }
    }
}
