package io.tollgate.billing.planchange;

import io.tollgate.billing.planchange.AskedChange.State;
import io.tollgate.billing.planchange.ChangeBook.Outcome;
import io.tollgate.billing.planchange.ChangeTill.Done;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.PlanTill;
import io.tollgate.billing.subscription.Plans;
import io.tollgate.billing.subscription.StripeInvoice;
import io.tollgate.billing.subscription.StripeSubscription.Item;
import io.tollgate.billing.subscription.StripeSubscription.Next;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.billing.subscription.Subscriptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Finds out what became of the changes that were asked for, by looking at what Stripe shows. */
public final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final ChangeBook book;
    private final ChangeTill till;
    private final PlanTill planTill;
    private final Subscriptions subscriptions;
    private final Plans plans;
    private final InstantSource clock;

    public Settlement(
            ChangeBook book,
            ChangeTill till,
            PlanTill planTill,
            Subscriptions subscriptions,
            Plans plans,
            InstantSource clock) {
        this.book = book;
        this.till = till;
        this.planTill = planTill;
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.clock = clock;
    }

    /** Records what Stripe answered, and brings the book of plans there. */
    Mono<ChangeResult> done(AskedChange asked, Done done, Preview preview) {
        return switch (done) {
            case Done.Refused(String code) ->
                book.move(asked.id(), new Outcome(State.REFUSED, code, null), clock.instant())
                        .thenReturn(new ChangeResult.Refused(new Refusal.StripeRefused(code)));
            case Done.As(HeldPlan held) -> settle(asked, held).map(outcome -> result(outcome, preview));
        };
    }

    /** Stripe was not asked, since the plan is another one by now. */
    Mono<ChangeResult> overtaken(AskedChange asked) {
        return move(asked, Outcome.of(State.NOT_MADE)).thenReturn(new ChangeResult.Refused(new Refusal.UnderWay()));
    }

    /** Looks at a change under way; of one that is not settled, it says nothing new. */
    public Mono<Void> look(AskedChange asked) {
        return till.held(asked.subscription())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(held -> held.map(found -> settle(asked, found).then())
                        .orElseGet(() -> move(asked, Outcome.of(failed(asked)))));
    }

    /** Looks at the change of a subscription that waits for its payment, if there is one. */
    public Mono<Void> lookAtWaiting(String subscription) {
        return book.underWayOf(subscription)
                .filter(asked -> asked.state() == State.AWAITING_PAYMENT)
                .flatMap(this::look);
    }

    private Mono<Outcome> settle(AskedChange asked, HeldPlan held) {
        return outcome(asked, held)
                .flatMap(outcome -> move(asked, outcome).then(look(held.id())).thenReturn(outcome));
    }

    private Mono<Outcome> outcome(AskedChange asked, HeldPlan held) {
        State state = state(asked, held);
        return state == State.AWAITING_PAYMENT
                ? Mono.justOrEmpty(held.seen().latestInvoice())
                        .flatMap(planTill::invoice)
                        .map(Settlement::waiting)
                        .defaultIfEmpty(Outcome.of(state))
                : Mono.just(Outcome.of(state));
    }

    private static Outcome waiting(StripeInvoice invoice) {
        return new Outcome(State.AWAITING_PAYMENT, invoice.failure(), invoice.hostedUrl());
    }

    private State state(AskedChange asked, HeldPlan held) {
        if (held.seen().status() == Status.ENDED) {
            return failed(asked);
        }
        if (asked.kind().isAtOnce() && held.waitsUntil() != null) {
            return State.AWAITING_PAYMENT;
        }
        Item item = held.seen().item();
        if (is(asked, item.price(), item.plan()) && item.interval() == asked.interval()) {
            return State.MADE;
        }
        return asked.kind() == Kind.DOWNGRADE && isToCome(asked, held) ? State.SCHEDULED : failed(asked);
    }

    private static State failed(AskedChange asked) {
        return asked.state() == State.AWAITING_PAYMENT ? State.LAPSED : State.NOT_MADE;
    }

    private boolean isToCome(AskedChange asked, HeldPlan held) {
        Next next = held.seen().next();
        PlanTerms free = plans.free();
        boolean ends =
                free != null && free.plan().equals(asked.plan()) && held.seen().cancelAt() != null;
        return ends || (next != null && is(asked, next.price(), next.plan()) && next.interval() == asked.interval());
    }

    private boolean is(AskedChange asked, String price, @Nullable String plan) {
        PlanTerms terms = plans.ofPrice(price);
        return asked.plan().equals(terms == null ? plan : terms.plan());
    }

    private Mono<Void> move(AskedChange asked, Outcome outcome) {
        Instant now = clock.instant();
        return book.move(asked.id(), outcome, now)
                .doOnSuccess(_ -> LOG.atInfo()
                        .addKeyValue("account", asked.account())
                        .addKeyValue("subscription", asked.subscription())
                        .addKeyValue("plan", asked.plan())
                        .addKeyValue("kind", asked.kind())
                        .addKeyValue("amount", asked.charge().minor())
                        .addKeyValue("currency", asked.charge().currency())
                        .addKeyValue("outcome", outcome.state())
                        .addKeyValue("cause", outcome.reason())
                        .log("plan_change_looked_at"));
    }

    // What was changed is changed: our book hears of it from Stripe as well.
    private Mono<Void> look(String subscription) {
        return subscriptions.look(subscription).then().onErrorResume(failure -> {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("subscription", subscription)
                    .log("plan_change_look_failed");
            return Mono.empty();
        });
    }

    private static ChangeResult result(Outcome outcome, Preview preview) {
        return switch (outcome.state()) {
            case MADE -> new ChangeResult.Made(preview);
            case SCHEDULED -> new ChangeResult.Scheduled(preview);
            case AWAITING_PAYMENT -> new ChangeResult.PaymentWanted(outcome.reason(), outcome.paymentUrl());
            case OPEN, LAPSED, REFUSED, NOT_MADE -> new ChangeResult.Undecided();
        };
    }
}
