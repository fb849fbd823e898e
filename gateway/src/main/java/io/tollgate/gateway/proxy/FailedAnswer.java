package io.tollgate.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import io.tollgate.gateway.connection.Exchange;

/** The upstream's refusal: not charged, and passed on as it is. */
final class FailedAnswer implements Answer {

    private final Exchange exchange;

    FailedAnswer(UpstreamCall call, HttpResponse head) {
        call.hold().release();
        exchange = call.exchange();
        call.begin(head);
    }

    @Override
    public void part(ByteBuf content) {
        exchange.part(content.retain());
    }

    @Override
    public void pause() {
        exchange.flush();
    }

    @Override
    public void end() {
        exchange.end();
    }

    @Override
    public void cut(Cut why) {
        exchange.hangUp();
    }

    @Override
    public void clientGone() {}
}
