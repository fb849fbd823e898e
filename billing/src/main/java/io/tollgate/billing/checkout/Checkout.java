package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.PlanOffer;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.checkout.Till.CustomerResult;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** Sends a buyer to Stripe for what the catalog has. Nothing is charged before the buyer pays on Stripe's page. */
public final class Checkout {

    private final Catalogs catalogs;
    private final CustomerDesk customers;
    private final PlanDesk plans;
    private final PriceDesk prices;
    private final SessionDesk sessions;

    public Checkout(Catalogs catalogs, CustomerDesk customers, PlanDesk plans, PriceDesk prices, SessionDesk sessions) {
        this.catalogs = catalogs;
        this.customers = customers;
        this.plans = plans;
        this.prices = prices;
        this.sessions = sessions;
    }

    /** Opens a checkout session for what the buyer chose. */
    public Mono<StartResult> start(AccountId account, Choice choice, ReturnUrls urls) {
        return start(account, choice, Visit.of(urls));
    }

    /** As {@link #start(AccountId, Choice, ReturnUrls)}, with what else the buyer brings. */
    public Mono<StartResult> start(AccountId account, Choice choice, Visit visit) {
        return switch (catalogs.current().quote(choice)) {
            case Quote.Priced offer -> sell(account, Wanted.of(offer), visit);
            case Quote.OfPlan(PlanOffer offer) ->
                offer.price() == null ? plans.begin(account, offer.plan()) : sell(account, Wanted.of(offer), visit);
            case Quote refused -> Mono.just(refused(refused));
        };
    }

    private static StartResult refused(Quote quote) {
        return switch (quote) {
            case Quote.UnknownPack _ -> new StartResult.UnknownPack();
            case Quote.UnknownPlan _ -> new StartResult.UnknownPlan();
            case Quote.UnknownInterval(var there) -> new StartResult.UnknownInterval(there);
            case Quote.UnknownCurrency(var there) -> new StartResult.UnknownCurrency(there);
            case Quote.NoCustomAmounts _ -> new StartResult.NoCustomAmounts();
            case Quote.AmountOutOfBounds(var bounds) -> new StartResult.AmountOutOfBounds(bounds);
            case Quote.Priced _, Quote.OfPlan _ -> throw new IllegalArgumentException("no refusal: " + quote);
        };
    }

    private Mono<StartResult> sell(AccountId account, Wanted wanted, Visit visit) {
        return customers
                .customerOf(account)
                .flatMap(customer -> sell(account, customer, wanted, visit))
                .onErrorResume(StripeUnavailableException.class, _ -> Mono.just(new StartResult.StripeUnavailable()));
    }

    private Mono<StartResult> sell(AccountId account, CustomerResult customer, Wanted wanted, Visit visit) {
        return switch (customer) {
            case CustomerResult.NotConfigured _ -> Mono.just(new StartResult.NotConfigured());
            case CustomerResult.Refused(String code) -> Mono.just(new StartResult.StripeRefused(code));
            case CustomerResult.Created(String customerId) ->
                refusal(account, customerId, wanted, visit)
                        .switchIfEmpty(Mono.defer(() -> sessions.open(account, customerId, wanted, visit)));
        };
    }

    private Mono<StartResult> refusal(AccountId account, String customerId, Wanted wanted, Visit visit) {
        Mono<StartResult> priced = prices.refusal(wanted);
        return wanted.plan() == null
                ? priced
                : plans.refusal(account, sessions.fingerprint(customerId, wanted, visit))
                        .switchIfEmpty(priced);
    }
}
