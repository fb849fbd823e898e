package io.tollgate.billing.planchange;

import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.subscription.InvoiceState;
import io.tollgate.billing.subscription.PlanBook;
import io.tollgate.billing.subscription.PlanTill;
import io.tollgate.billing.subscription.Present;
import io.tollgate.billing.subscription.StripeInvoice;
import io.tollgate.billing.subscription.SubscriptionState;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.metering.account.AccountId;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The plans that accounts pay for. */
public final class HeldPlans {

    private static final int LOOKS_MAX = 3;

    private final Subscriptions subscriptions;
    private final PlanBook book;
    private final PlanTill planTill;
    private final ChangeTill till;

    public HeldPlans(Subscriptions subscriptions, PlanBook book, PlanTill planTill, ChangeTill till) {
        this.subscriptions = subscriptions;
        this.book = book;
        this.planTill = planTill;
        this.till = till;
    }

    /** Our book is first brought to what Stripe shows; empty if the account pays for none. */
    Mono<Holding> of(AccountId account) {
        return look(account)
                .retryWhen(Retry.max(LOOKS_MAX)
                        .filter(MovedException.class::isInstance)
                        .onRetryExhaustedThrow((_, _) -> new StripeUnavailableException(
                                Effect.NONE, "the plan is being changed all the time", null)));
    }

    private Mono<Holding> look(AccountId account) {
        return book.present(account)
                .filter(Present::isBilled)
                .flatMap(present -> Mono.justOrEmpty(present.plan().subscription()))
                .flatMap(subscription -> subscriptions.look(subscription).then(book.present(account)))
                .filter(Present::isBilled)
                .flatMap(this::holding);
    }

    private Mono<Holding> holding(Present present) {
        return Mono.justOrEmpty(present.current())
                .flatMap(current -> till.held(current.id()).flatMap(held -> holding(present, current, held)));
    }

    private Mono<Holding> holding(Present present, SubscriptionState current, HeldPlan held) {
        if (!held.seen().item().price().equals(current.item().price())) {
            return Mono.error(new MovedException());
        }
        Optional<String> failing =
                present.failing().stream().map(InvoiceState::hostedUrl).findFirst();
        return failing.map(Mono::just)
                .orElseGet(() -> openPage(held))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(url -> new Holding(held, current.terms(), url.orElse(null)));
    }

    private Mono<String> openPage(HeldPlan held) {
        return Mono.justOrEmpty(held.seen().latestInvoice())
                .filter(_ -> held.waitsUntil() != null)
                .flatMap(planTill::invoice)
                .mapNotNull(StripeInvoice::hostedUrl);
    }

    /** Changed between the book's look and the next. */
    private static final class MovedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        MovedException() {
            super("the plan was changed meanwhile", null, false, false);
        }
    }
}
