package io.tollgate.gateway.proxy;

import static io.netty.handler.codec.http.HttpHeaderNames.ACCEPT_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.HOST;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.connection.Exchange;
import io.tollgate.gateway.routing.Upstream;

/** A client's request as it goes to an upstream: one message, which leaves in one write. */
final class ForwardedRequest {

    private ForwardedRequest() {}

    static FullHttpRequest of(Exchange exchange, OpenHold hold, Upstream upstream) {
        byte[] body = hold.call().request().body();
        HttpHeaders headers = Exchange.newHeaders();
        headers.set(HOST, upstream.endpoint().getRawAuthority());
        ForwardedHeaders.toUpstream(exchange.requestHeaders(), headers, hold, upstream);
        // Asked for nothing, an upstream may answer in any encoding; the usage has to be read.
        headers.set(ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
        headers.set(CONTENT_LENGTH, body.length);
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                upstream.target(),
                Unpooled.wrappedBuffer(body),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }
}
