package io.tollgate.billing.planchange;

import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanPrice;
import io.tollgate.billing.checkout.StripePrices;
import io.tollgate.billing.checkout.StripePrices.PriceCheck;
import io.tollgate.billing.planchange.ChangeTill.EstimateResult;
import io.tollgate.billing.subscription.PlanForecast;
import io.tollgate.billing.subscription.PlanTerms;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import io.tollgate.billing.subscription.StripeSubscription.Item;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Works out what a change would come to, the money by asking Stripe. */
public final class PreviewDesk {

    private static final Logger LOG = LoggerFactory.getLogger(PreviewDesk.class);

    private final ChangeTill till;
    private final StripePrices prices;
    private final PlanForecast forecast;

    public PreviewDesk(ChangeTill till, StripePrices prices, PlanForecast forecast) {
        this.till = till;
        this.prices = prices;
        this.forecast = forecast;
    }

    /** Answers {@link ChangeResult.Previewed}, or why there is nothing to preview. */
    Mono<ChangeResult> preview(AccountId account, Proposal proposal, PlanTerms terms) {
        PlanPrice price = proposal.price();
        if (price == null) {
            return Mono.just(previewed(proposal, nothing(proposal), Credits.ZERO, null));
        }
        return wrongPrice(proposal.offer().plan(), price)
                .switchIfEmpty(Mono.defer(() -> proposal.kind().isAtOnce()
                        ? till.estimate(proposal).flatMap(estimate -> atOnce(account, proposal, terms, estimate, price))
                        : renewal(proposal, price)
                                .map(next -> previewed(proposal, nothing(proposal), Credits.ZERO, next))));
    }

    /** What comes next, and when. */
    private record Next(Instant at, Money money) {}

    private Mono<ChangeResult> wrongPrice(Plan plan, PlanPrice price) {
        if (price.price().stripeId() == null) {
            return prices.product(plan).then(Mono.empty());
        }
        return prices.check(price.price(), price.interval()).flatMap(check -> switch (check) {
            case PriceCheck.Same _ -> Mono.empty();
            case PriceCheck.Differs(String what) -> {
                LOG.atError()
                        .addKeyValue("plan", plan.id())
                        .addKeyValue("price", price.price().stripeId())
                        .addKeyValue("reason", what)
                        .log("catalog_price_differs");
                yield Mono.just(new ChangeResult.Refused(new Refusal.PriceDiffers()));
            }
        });
    }

    private Mono<ChangeResult> atOnce(
            AccountId account, Proposal proposal, PlanTerms terms, EstimateResult result, PlanPrice price) {
        return switch (result) {
            case EstimateResult.Refused(String code) ->
                Mono.just(new ChangeResult.Refused(new Refusal.StripeRefused(code)));
            case EstimateResult.Estimated(Estimate estimate) ->
                forecast.credits(account, proposal.held().seen(), terms, estimate.invoice(), proposal.interval())
                        .zipWith(next(proposal, estimate, price))
                        .map(both -> previewed(proposal, estimate.due(), both.getT1(), both.getT2()));
        };
    }

    private Mono<Next> next(Proposal proposal, Estimate estimate, PlanPrice price) {
        return goesOn(proposal)
                ? renewal(proposal, price)
                : Mono.just(new Next(
                        estimate.invoice().lines().stream()
                                .map(Line::periodEnd)
                                .max(Comparator.naturalOrder())
                                .orElse(proposal.held().seen().item().periodEnd()),
                        price.money()));
    }

    private Mono<Next> renewal(Proposal proposal, PlanPrice price) {
        Instant at = proposal.held().seen().item().periodEnd();
        return goesOn(proposal)
                ? till.renewal(proposal).map(result -> switch (result) {
                    case EstimateResult.Estimated(Estimate estimate) -> new Next(at, estimate.due());
                    case EstimateResult.Refused _ -> new Next(at, price.money());
                })
                : Mono.just(new Next(at, price.money()));
    }

    private static boolean goesOn(Proposal proposal) {
        return proposal.interval() == proposal.held().seen().item().interval();
    }

    private static Money nothing(Proposal proposal) {
        return new Money(0, proposal.held().price().currency());
    }

    private static ChangeResult previewed(Proposal proposal, Money charge, Credits credits, @Nullable Next next) {
        Item item = proposal.held().seen().item();
        return new ChangeResult.Previewed(new Preview(
                proposal.kind(),
                proposal.offer().plan().id(),
                proposal.interval(),
                charge,
                credits,
                proposal.kind().isAtOnce() ? proposal.proratedAt() : item.periodEnd(),
                next == null ? null : next.at(),
                next == null ? null : next.money(),
                proposal.proratedAt()));
    }
}
