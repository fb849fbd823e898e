package io.tollgate.gateway.webhook;

import io.tollgate.billing.webhook.ReceiveResult;
import io.tollgate.billing.webhook.ReceiveResult.Accepted;
import io.tollgate.billing.webhook.ReceiveResult.Reason;
import io.tollgate.billing.webhook.ReceiveResult.Rejected;
import io.tollgate.billing.webhook.WebhookInbox;
import io.tollgate.gateway.problem.ProblemAnswer;
import java.util.Locale;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Stripe delivers again for days whatever is not answered with 2xx, so only what is stored gets one. The body is taken as bytes and
 * within a bound: the signature is over bytes, and anybody can send here.
 */
final class WebhookEndpoint {

    private final WebhookInbox inbox;
    private final int bodyMaxBytes;

    WebhookEndpoint(WebhookInbox inbox, int bodyMaxBytes) {
        this.inbox = inbox;
        this.bodyMaxBytes = bodyMaxBytes;
    }

    Mono<ServerResponse> receive(ServerRequest request) {
        String signature = request.headers().firstHeader("Stripe-Signature");
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), bodyMaxBytes)
                .map(WebhookEndpoint::bytes)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> inbox.receive(body, signature))
                .onErrorResume(DataBufferLimitException.class, _ -> Mono.just(new Rejected(Reason.BODY_TOO_LARGE)))
                .flatMap(WebhookEndpoint::answer);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] body = new byte[buffer.readableByteCount()];
        buffer.read(body);
        DataBufferUtils.release(buffer);
        return body;
    }

    private static Mono<ServerResponse> answer(ReceiveResult result) {
        return switch (result) {
            case Accepted _ -> ServerResponse.ok().build();
            case Rejected(Reason reason) -> reject(reason);
        };
    }

    private static Mono<ServerResponse> reject(Reason reason) {
        HttpStatus status = reason == Reason.BODY_TOO_LARGE ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST;
        return ProblemAnswer.of(status, reason.name().toLowerCase(Locale.ROOT), describe(reason));
    }

    private static String describe(Reason reason) {
        return switch (reason) {
            case NOT_CONFIGURED -> "This installation has no webhook secret, so no delivery can be believed.";
            case BODY_TOO_LARGE -> "The body is larger than an event.";
            case SIGNATURE_MISSING -> "The header Stripe-Signature is missing.";
            case SIGNATURE_MALFORMED -> "The header Stripe-Signature cannot be read.";
            case SIGNATURE_WRONG -> "The signature does not match the body.";
            case STALE -> "The signature is too old.";
            case FUTURE_DATED -> "The signature is dated in the future.";
            case BODY_MALFORMED -> "The body is not a Stripe event.";
        };
    }
}
