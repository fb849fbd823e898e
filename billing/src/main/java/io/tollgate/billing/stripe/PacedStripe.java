package io.tollgate.billing.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.reconciliation.Listed;
import io.tollgate.billing.reconciliation.Pacing;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** As {@link StripeAccess}, for those who compare: only reads, one after the other at a pace. */
final class PacedStripe {

    /** The most that Stripe lists at once. */
    static final long PAGE = 100;

    private static final String MISSING = "resource_missing";

    private final StripeAccess stripe;
    private final Pacing pacing;

    PacedStripe(StripeAccess stripe, Pacing pacing) {
        this.stripe = stripe;
        this.pacing = pacing;
    }

    /** Asks for the page after a cursor. */
    interface Pages<T extends HasId> {
        StripeAccess.Call<StripeCollection<T>> after(@Nullable String cursor);
    }

    <T> Mono<T> find(StripeAccess.Call<T> call) {
        return pacing.paced(stripe.find(call));
    }

    /** A page; a cursor that Stripe no longer knows begins anew. Empty if there is no key to ask with. */
    <T extends HasId, R> Mono<Listed<R>> list(Pages<T> pages, @Nullable String after, Function<T, R> read) {
        if (!stripe.isConfigured()) {
            return Mono.empty();
        }
        Mono<Listed<R>> page = pacing.paced(stripe.run(pages.after(after)))
                .onErrorResume(StripeException.class, PacedStripe::refused)
                .map(found -> listed(found, read));
        return after == null
                ? page.defaultIfEmpty(new Listed<>(List.of(), null))
                : page.switchIfEmpty(Mono.defer(() -> list(pages, null, read)));
    }

    private static <T extends HasId, R> Listed<R> listed(StripeCollection<T> page, Function<T, R> read) {
        List<T> objects = page.getData();
        boolean more = Boolean.TRUE.equals(page.getHasMore()) && !objects.isEmpty();
        return new Listed<>(
                objects.stream().map(read).toList(), more ? objects.getLast().getId() : null);
    }

    // A request that Stripe will never understand is our bug and does not pass; a changed key, say, does.
    private static <T> Mono<T> refused(StripeException refusal) {
        if (refusal instanceof InvalidRequestException && MISSING.equals(refusal.getCode())) {
            return Mono.empty();
        }
        String code = StripeAccess.code(refusal);
        return Mono.error(
                refusal instanceof InvalidRequestException
                        ? new IllegalStateException("Stripe refuses to list: " + code)
                        : new StripeUnavailableException(Effect.NONE, "Stripe: " + code, null));
    }
}
