package io.tollgate.gateway.admin;

import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Reads what an operator sent. */
final class Inputs {

    private static final Pattern CREDITS = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,6})?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final int NAME_MAX = 200;

    private Inputs() {}

    /** What is wrong with a request. */
    static final class InvalidException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidException(String message) {
            super(message);
        }
    }

    /** Calls the endpoint with the body and answers what it found invalid. */
    static <T> Mono<ServerResponse> with(
            ServerRequest request, Class<T> type, T absent, Function<T, Mono<ServerResponse>> endpoint) {
        return answering(request.bodyToMono(type).defaultIfEmpty(absent).flatMap(endpoint));
    }

    static Mono<ServerResponse> answering(Mono<ServerResponse> endpoint) {
        return endpoint.onErrorResume(
                InvalidException.class,
                invalid -> ProblemAnswer.of(HttpStatus.BAD_REQUEST, "invalid_request", message(invalid)));
    }

    static AccountId account(ServerRequest request) {
        return account(request.pathVariable("account"));
    }

    static AccountId account(String text) {
        try {
            return new AccountId(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidException(String.valueOf(e.getMessage()));
        }
    }

    /** Bounded before it is parsed: an exponent could ask for more digits than there is memory. */
    static Credits credits(@Nullable String text) {
        if (text == null || !CREDITS.matcher(text).matches()) {
            throw new InvalidException(
                    "credits has to be a decimal string such as \"5.00\", with at most six decimals");
        }
        try {
            return Credits.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidException(String.valueOf(e.getMessage()));
        }
    }

    static String name(@Nullable String text, String fallback) {
        String name = text == null || text.isBlank() ? fallback : text.strip();
        if (name.length() > NAME_MAX) {
            throw new InvalidException("a name has at most " + NAME_MAX + " characters");
        }
        return name;
    }

    static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidException("expires_at has to be a time such as 2030-01-31T12:00:00Z");
        }
    }

    /** A number that a page begins at, or that names something. */
    static long number(String name, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidException(name + " has to be a whole number that is not negative");
        }
        return Long.parseLong(text);
    }

    /** How much one page is to have. */
    static int limit(ServerRequest request, int most) {
        String limit = request.queryParam("limit").orElse(Integer.toString(most));
        if (!limit.matches("[0-9]{1,9}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > most) {
            throw new InvalidException("limit has to be from 1 to " + most);
        }
        return Integer.parseInt(limit);
    }

    /** A repeated request that is not the same. */
    static Mono<ServerResponse> keyReused(String field, String before) {
        return ProblemAnswer.of(
                HttpStatus.CONFLICT,
                "idempotency_key_reused",
                "Under this idempotency key something else was asked for before: " + field + " was " + before + ".");
    }

    private static String message(InvalidException invalid) {
        return String.valueOf(invalid.getMessage());
    }
}
