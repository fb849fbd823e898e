package io.tollgate.billing.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Runs stripe-java's blocking calls. A passing failure is tried again, which is safe for a request with an idempotency key of its
 * own, and then signalled as {@link StripeUnavailableException}; what Stripe refuses stays a {@link StripeException}.
 */
final class StripeCalls {

    private final Scheduler scheduler;
    private final CircuitBreaker breaker;
    private final Duration timeout;
    private final int retries;
    private final Duration retryDelay;

    StripeCalls(Scheduler scheduler, CircuitBreaker breaker, StripeSettings settings) {
        this.scheduler = scheduler;
        this.breaker = breaker;
        this.timeout = settings.callTimeout();
        this.retries = settings.retries();
        this.retryDelay = settings.retryDelay();
    }

    <T> Mono<T> run(Callable<T> blockingCall) {
        return Mono.fromCallable(() -> attempt(blockingCall))
                .subscribeOn(scheduler)
                .timeout(timeout)
                .flatMap(outcome -> outcome)
                .onErrorMap(StripeCalls::told)
                .transformDeferred(CircuitBreakerOperator.of(breaker))
                .onErrorMap(CallNotPermittedException.class, StripeCalls::notPermitted)
                .retryWhen(Retry.backoff(retries, retryDelay)
                        .filter(StripeUnavailableException.class::isInstance)
                        .onRetryExhaustedThrow((_, signal) -> signal.failure()));
    }

    // The outcome is a value, since a failure that comes after the timeout would be logged in full, with Stripe's
    // words.
    private static <T> Mono<T> attempt(Callable<T> blockingCall) {
        try {
            return Mono.justOrEmpty(blockingCall.call());
        } catch (Exception e) {
            return Mono.error(e);
        }
    }

    // stripe-java throws unchecked exceptions of several kinds where an answer is not what Stripe would send.
    private static Throwable told(Throwable failure) {
        return switch (failure) {
            case ApiConnectionException e -> unavailable(Effect.UNKNOWN, "no answer", e);
            case TimeoutException e -> unavailable(Effect.UNKNOWN, "no answer in time", e);
            case RejectedExecutionException e -> unavailable(Effect.NONE, "too many calls waiting", e);
            case RateLimitException e -> unavailable(Effect.NONE, "too many requests", e);
            case ApiException e -> unavailable(effect(e), "status " + e.getStatusCode(), e);
            case StripeException e -> e;
            case RuntimeException e -> unavailable(Effect.FAILED, "an answer that is not understood", e);
            default -> failure;
        };
    }

    // 409: the same request is under way.
    private static Effect effect(ApiException failure) {
        Integer status = failure.getStatusCode();
        return status != null && status >= 500 ? Effect.FAILED : Effect.UNKNOWN;
    }

    private static StripeUnavailableException notPermitted(CallNotPermittedException failure) {
        return unavailable(Effect.NONE, "too many failures lately", failure);
    }

    private static StripeUnavailableException unavailable(Effect effect, String what, Throwable cause) {
        return new StripeUnavailableException(effect, "Stripe: " + what, cause);
    }
}
