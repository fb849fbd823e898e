package io.tollgate.gateway.problem;

import io.netty.channel.ChannelException;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebInputException;

/**
 * Says what a failure is to a client. What is our own fault is logged here, once, and told without detail; an outage, which every
 * call meets, is logged now and then.
 */
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private static final SparseWarning OUTAGES = new SparseWarning(log, Duration.ofSeconds(5), System::nanoTime);

    private static final String RETRY_AFTER_SECONDS = "2";

    private Problems() {}

    public static Problem of(Throwable failure) {
        return switch (failure) {
            case StoreUnavailableException unavailable -> storeUnavailable(unavailable);
            // Reactor Netty's for a request that is not whole in time, which is not public.
            case ChannelException _ ->
                Problem.of(408, "request_timeout", "The request has not come whole in time. Nothing was charged.");
            case DataBufferLimitException _ ->
                Problem.of(413, "request_too_large", "The body is larger than what is read here.");
            case ServerWebInputException input
            when input.getCause() instanceof DecodingException ->
                Problem.of(
                        400,
                        "invalid_request",
                        "The body cannot be read: it is not valid, or a member has the wrong type.");
            case ErrorResponse response -> ofStatus(response);
            default -> unexpected(failure);
        };
    }

    private static Problem storeUnavailable(StoreUnavailableException failure) {
        OUTAGES.warn("store unavailable: " + failure.getMessage());
        return Problem.of(503, "store_unavailable", "A store behind the gateway is not available. Try again shortly.")
                .header("Retry-After", RETRY_AFTER_SECONDS);
    }

    private static Problem ofStatus(ErrorResponse response) {
        HttpStatusCode status = response.getStatusCode();
        String detail = response.getBody().getDetail();
        return switch (status.value()) {
            case 404 -> Problem.of(404, "not_found", "There is nothing at this path.");
            case 405 ->
                Problem.of(405, "method_not_allowed", "This path does not know this method.")
                        .header(
                                "Allow",
                                String.join(
                                        ", ",
                                        response.getHeaders().getAllow().stream()
                                                .map(Object::toString)
                                                .toList()));
            default ->
                status.is4xxClientError()
                        ? Problem.of(
                                status.value(), "bad_request", detail == null ? "The request is not valid." : detail)
                        : Problem.of(status.value(), "unavailable", "The gateway cannot answer this now.");
        };
    }

    private static Problem unexpected(Throwable failure) {
        log.error("unexpected failure", failure);
        return Problem.of(500, "internal_error", "The gateway failed. This is not your fault.");
    }
}
