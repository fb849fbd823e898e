package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.Price;
import io.tollgate.billing.checkout.StripePrices.PriceCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Sells nothing at a price that Stripe has otherwise than the catalog. */
public final class PriceDesk {

    private static final Logger LOG = LoggerFactory.getLogger(PriceDesk.class);

    private final StripePrices prices;

    public PriceDesk(StripePrices prices) {
        this.prices = prices;
    }

    /** Why it cannot be sold; empty if it can: a plan's product is there then, too. */
    Mono<StartResult> refusal(Wanted wanted) {
        Price price = wanted.price();
        if (price.stripeId() == null) {
            return wanted.plan() == null
                    ? Mono.empty()
                    : prices.product(wanted.plan().terms()).then(Mono.empty());
        }
        return prices.check(price, wanted.interval()).flatMap(check -> switch (check) {
            case PriceCheck.Same _ -> Mono.empty();
            case PriceCheck.Differs(String what) -> {
                LOG.atError()
                        .addKeyValue("price", price.stripeId())
                        .addKeyValue("amount", price.money().minor())
                        .addKeyValue("currency", price.currency())
                        .addKeyValue("reason", what)
                        .log("catalog_price_differs");
                yield Mono.just(new StartResult.PriceDiffers());
            }
        });
    }
}
