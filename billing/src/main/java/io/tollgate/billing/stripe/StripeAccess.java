package io.tollgate.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The one way to Stripe: what every adapter of this package calls it through. */
final class StripeAccess {

    private static final Logger LOG = LoggerFactory.getLogger(StripeAccess.class);
    private static final int NOT_FOUND = 404;

    private final @Nullable StripeClient stripe;
    private final StripeCalls calls;

    /** A blocking call; null becomes an empty {@link Mono}. */
    interface Call<T> {
        @Nullable
        T on(StripeClient stripe) throws StripeException;
    }

    /** With null, every call says that there is no key. */
    StripeAccess(@Nullable StripeClient stripe, StripeCalls calls) {
        this.stripe = stripe;
        this.calls = calls;
    }

    boolean isConfigured() {
        return stripe != null;
    }

    /**
     * Signals {@link StripeUnavailableException} for what may pass, after the retries (so give whatever changes something a stable
     * idempotency key), and a {@link StripeException} for what Stripe refuses.
     */
    <T> Mono<T> run(Call<T> call) {
        StripeClient client = stripe;
        return client == null
                ? Mono.error(
                        () -> new StripeUnavailableException(Effect.NONE, "Stripe: no secret key is configured", null))
                : calls.run(() -> call.on(client));
    }

    /** As {@link #run} for what is only read: empty if Stripe has no such object. */
    <T> Mono<T> find(Call<T> call) {
        return run(call).onErrorResume(StripeException.class, StripeAccess::absent);
    }

    static RequestOptions idempotent(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** What Stripe refused and why, logged. Its message may quote what we sent, part of a key included: code and request id have to do. */
    static String code(StripeException failure) {
        String code = failure.getCode() == null ? failure.getClass().getSimpleName() : failure.getCode();
        LOG.atWarn()
                .addKeyValue("status", failure.getStatusCode())
                .addKeyValue("code", code)
                .addKeyValue("stripe_request", failure.getRequestId())
                .log("stripe_refused");
        return code;
    }

    // Whatever else Stripe refuses to show us (a changed key, say) may be there, so it is not "absent".
    private static <T> Mono<T> absent(StripeException failure) {
        Integer status = failure.getStatusCode();
        return status != null && status == NOT_FOUND
                ? Mono.empty()
                : Mono.error(new StripeUnavailableException(Effect.NONE, "Stripe: " + code(failure), null));
    }
}
