package io.tollgate.gateway.admin;

import io.tollgate.gateway.problem.ProblemAnswer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import java.math.BigDecimal;
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
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
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

    /** There is a limit to what an account may hold. */
    static Mono<ServerResponse> beyondBound(Credits allowed) {
        return ProblemAnswer.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "beyond_bound",
                "The account could hold at most " + allowed + " credits more.");
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
    static Credits credits(String field, @Nullable String text) {
        if (text == null || !CREDITS.matcher(text).matches()) {
            throw new InvalidException(field + " has to be a decimal string from 0 to " + Credits.MAX
                    + " such as \"5.00\", with at most six decimals");
        }
        try {
            return Credits.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidException(field + ": " + e.getMessage());
        }
    }

    /** A whole number, whatever JSON's other numbers would be cut to. */
    static long whole(String field, @Nullable BigDecimal number, long least, long most) {
        if (number == null
                || number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new InvalidException(field + " has to be a whole number from " + least + " to " + most);
        }
        return number.longValueExact();
    }

    /** What makes a request happen once: the header Idempotency-Key; keys of different accounts do not meet. */
    static String causeId(ServerRequest request) {
        return causeIdFor(account(request), request);
    }

    /** As {@link #causeId(ServerRequest)}, where it is not the path that names the account. */
    static String causeIdFor(AccountId account, ServerRequest request) {
        String key = request.headers().firstHeader("Idempotency-Key");
        if (key == null || !IDEMPOTENCY_KEY.matcher(key).matches()) {
            throw new InvalidException("the header Idempotency-Key is required: 1 to 200 visible ASCII characters");
        }
        return causeId(account, key);
    }

    static String causeId(AccountId account, String key) {
        return account + ":" + key;
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
            Instant instant = text == null ? null : Instant.parse(text);
            if (instant != null && !Grant.isAllowed(instant)) {
                throw new InvalidException("expires_at has to be " + Grant.EXPIRY_ALLOWED);
            }
            return instant;
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

    /** The number that a page of the newest first ends before; 0 for the first page. */
    static long before(ServerRequest request) {
        return number("before", request.queryParam("before").orElse("0"));
    }

    /** How much one page is to have. */
    static int limit(ServerRequest request, int most) {
        String limit = request.queryParam("limit").orElse(Integer.toString(most));
        if (!limit.matches("[0-9]{1,9}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > most) {
            throw new InvalidException("limit has to be from 1 to " + most);
        }
        return Integer.parseInt(limit);
    }

    /** A field that cannot be what it is. */
    static Mono<ServerResponse> invalid(String field, String allowed) {
        return ProblemAnswer.of(HttpStatus.BAD_REQUEST, "invalid_request", field + " has to be " + allowed);
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
