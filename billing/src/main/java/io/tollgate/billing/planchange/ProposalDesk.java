package io.tollgate.billing.planchange;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanOffer;
import io.tollgate.billing.catalog.PlanPrice;
import io.tollgate.billing.catalog.Price;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.catalog.Rollover;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.Plans;
import io.tollgate.billing.subscription.StripeSubscription.Item;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Finds out what a wish for another plan comes to. */
public final class ProposalDesk {

    private final HeldPlans heldPlans;
    private final Catalogs catalogs;
    private final Plans plans;

    public ProposalDesk(HeldPlans heldPlans, Catalogs catalogs, Plans plans) {
        this.heldPlans = heldPlans;
        this.catalogs = catalogs;
        this.plans = plans;
    }

    Mono<Proposed> propose(AccountId account, Wish wish, Instant proratedAt) {
        return heldPlans
                .of(account)
                .map(holding -> propose(holding, wish, proratedAt))
                .defaultIfEmpty(new Proposed.Not(new Refusal.NoPlan()));
    }

    private Proposed propose(Holding holding, Wish wish, Instant proratedAt) {
        HeldPlan held = holding.held();
        Interval interval = wish.interval() == null ? held.seen().item().interval() : wish.interval();
        Quote quote = catalogs.current()
                .quote(new Choice.OfPlan(wish.plan(), interval, held.price().currency()));
        return switch (quote) {
            case Quote.OfPlan(PlanOffer offer) -> propose(holding, offer, proratedAt);
            case Quote.UnknownInterval(var there) -> new Proposed.Not(new Refusal.UnknownInterval(there));
            case Quote.UnknownCurrency(var there) -> new Proposed.Not(new Refusal.UnknownCurrency(there));
            case Quote _ -> new Proposed.Not(new Refusal.UnknownPlan());
        };
    }

    private Proposed propose(Holding holding, PlanOffer offer, Instant proratedAt) {
        HeldPlan held = holding.held();
        if (holding.terms().plan().equals(offer.plan().id()) && isSameInterval(held, offer)) {
            return held.seen().next() == null ? new Proposed.Not(new Refusal.SamePlan()) : new Proposed.TakenBack(held);
        }
        PlanTerms terms = plans.plan(offer.plan().id());
        PlanTerms free = plans.free();
        boolean isFree = offer.price() == null;
        if (terms == null || (isFree && (free == null || !free.plan().equals(terms.plan())))) {
            return new Proposed.Not(new Refusal.UnknownPlan());
        }
        Refusal refusal = holding.refusal();
        return refusal == null
                ? new Proposed.Possible(new Proposal(held, kind(holding, offer), offer, proratedAt), terms)
                : new Proposed.Not(refusal);
    }

    private static boolean isSameInterval(HeldPlan held, PlanOffer offer) {
        PlanPrice price = offer.price();
        return price != null && price.interval() == held.seen().item().interval();
    }

    private static Kind kind(Holding holding, PlanOffer offer) {
        if (holding.terms().plan().equals(offer.plan().id())) {
            return Kind.SWITCH;
        }
        if (offer.price() == null) {
            return Kind.DOWNGRADE;
        }
        Money paid = holding.held().price();
        boolean isPaid = paid.minor() > 0 && !holding.terms().allowance().isZero();
        return !isPaid || offer.isBetterThan(asHeld(holding)) ? Kind.UPGRADE : Kind.DOWNGRADE;
    }

    // What it costs its owner counts, whatever the catalog asks of others by now.
    private static PlanOffer asHeld(Holding holding) {
        Item item = holding.held().seen().item();
        PlanTerms terms = holding.terms();
        PlanPrice price = new PlanPrice(item.interval(), Price.of(holding.held().price()));
        Plan plan = new Plan(
                terms.plan(), terms.name(), terms.allowance(), List.of(price), null, new Rollover.None(), null, null);
        return new PlanOffer(plan, price);
    }
}
