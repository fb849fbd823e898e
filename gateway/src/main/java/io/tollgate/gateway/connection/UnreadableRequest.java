package io.tollgate.gateway.connection;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.EXPECT;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.problem.ProblemBody;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request that cannot be served because it cannot be read for certain, and the answer to it. */
final class UnreadableRequest {

    private UnreadableRequest() {}

    /** Null if it can be read. */
    static @Nullable Problem faultOf(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        String fault = StrictFraming.faultOf(request);
        if (fault != null) {
            return Problem.of(400, "bad_request", fault);
        }
        String expected = request.headers().get(EXPECT);
        return expected == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)
                ? null
                : Problem.of(417, "expectation_failed", "Of what can be expected only 100-continue is known here.");
    }

    static Problem brokenBody() {
        return Problem.of(400, "bad_request", "The body's framing is broken: its chunks or its length cannot be read.");
    }

    static Problem tooSlow() {
        return Problem.of(408, "request_timeout", "The request has not come whole in time. Nothing was charged.");
    }

    private static Problem undecodable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                Problem.of(414, "uri_too_long", "The request line is longer than what is read here.");
            case TooLongHttpHeaderException _ ->
                Problem.of(431, "headers_too_large", "The request's headers are larger than what is read here.");
            default -> Problem.of(400, "bad_request", "The request is not valid HTTP.");
        };
    }

    /** In the shape of the dialects, since programs speak to the paths behind this; after it the connection ends. */
    static FullHttpResponse answer(Problem problem) {
        byte[] body = ProblemBody.openAi(problem);
        HttpHeaders headers = Exchange.newHeaders();
        headers.set(CONTENT_TYPE, "application/json");
        headers.set(CONTENT_LENGTH, body.length);
        headers.set(CONNECTION, HttpHeaderValues.CLOSE);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(problem.status()),
                Unpooled.wrappedBuffer(body),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }
}
