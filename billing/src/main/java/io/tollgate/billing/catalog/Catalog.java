package io.tollgate.billing.catalog;

import io.tollgate.metering.ledger.Money;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything for sale, in the order in which it is shown.
 *
 * @param custom one for each currency, the usual one first; empty if only packs and plans are for sale
 */
public record Catalog(List<Pack> packs, List<CustomAmount> custom, List<Plan> plans) {

    public static final Catalog EMPTY = new Catalog(List.of(), List.of(), List.of());

    /** Stripe's own limit on an amount in most currencies. */
    static final long MINOR_MAX = 99_999_999;

    public Catalog {
        packs = List.copyOf(packs);
        custom = List.copyOf(custom);
        plans = List.copyOf(plans);
        Naming.checkDistinct(
                "two packs have the id ", packs.stream().map(Pack::id).toList());
        Naming.checkDistinct(
                "two custom amounts are in ",
                custom.stream().map(CustomAmount::currency).toList());
        Naming.checkDistinct(
                "two plans have the id ", plans.stream().map(Plan::id).toList());
        Naming.checkDistinct(
                "two plans have the Stripe price ",
                plans.stream()
                        .flatMap(plan -> plan.prices().stream())
                        .flatMap(price -> Stream.ofNullable(price.price().stripeId()))
                        .toList());
    }

    public Quote quote(Choice choice) {
        return switch (choice) {
            case Choice.OfPack(String packId, String currency) -> quotePack(packId, currency);
            case Choice.OfAmount(long minor, String currency) -> quoteAmount(minor, currency);
            case Choice.OfPlan wanted -> quotePlan(wanted);
        };
    }

    /** Null if no plan has this id. */
    public @Nullable Plan plan(String id) {
        for (Plan plan : plans) {
            if (plan.id().equals(id)) {
                return plan;
            }
        }
        return null;
    }

    /** The plan and price that Stripe has under this price id; null if there is none. */
    public @Nullable PlanOffer offerOf(String stripePriceId) {
        for (Plan plan : plans) {
            PlanPrice price = plan.priceOf(stripePriceId);
            if (price != null) {
                return new PlanOffer(plan, price);
            }
        }
        return null;
    }

    /** Null if amounts of the buyer's choice are not for sale, or not in this currency; null asks for the usual one. */
    public @Nullable CustomAmount customIn(@Nullable String currency) {
        for (CustomAmount amount : custom) {
            if (currency == null || amount.currency().equals(currency)) {
                return amount;
            }
        }
        return null;
    }

    private Quote quotePack(String packId, @Nullable String currency) {
        for (Pack pack : packs) {
            if (pack.id().equals(packId)) {
                Price price = pack.priceIn(currency);
                return price == null
                        ? new Quote.UnknownCurrency(
                                pack.prices().stream().map(Price::currency).toList())
                        : new Quote.Priced(pack.name(), pack.credits(), price);
            }
        }
        return new Quote.UnknownPack();
    }

    private Quote quoteAmount(long minor, @Nullable String currency) {
        if (custom.isEmpty()) {
            return new Quote.NoCustomAmounts();
        }
        CustomAmount amount = customIn(currency);
        if (amount == null) {
            return new Quote.UnknownCurrency(
                    custom.stream().map(CustomAmount::currency).toList());
        }
        return amount.bounds().allow(minor)
                ? new Quote.Priced("Credit", amount.curve().creditsFor(minor), new Money(minor, amount.currency()))
                : new Quote.AmountOutOfBounds(amount.bounds());
    }

    private Quote quotePlan(Choice.OfPlan wanted) {
        Plan plan = plan(wanted.planId());
        if (plan == null) {
            return new Quote.UnknownPlan();
        }
        if (plan.isFree()) {
            return new Quote.OfPlan(new PlanOffer(plan, null));
        }
        PlanPrice price = plan.price(wanted.interval(), wanted.currency());
        if (price != null) {
            return new Quote.OfPlan(new PlanOffer(plan, price));
        }
        return plan.price(wanted.interval(), null) == null
                ? new Quote.UnknownInterval(plan.prices().stream()
                        .map(PlanPrice::interval)
                        .distinct()
                        .toList())
                : new Quote.UnknownCurrency(currencies(plan, wanted.interval()));
    }

    private static List<String> currencies(Plan plan, @Nullable Interval interval) {
        return plan.prices().stream()
                .filter(price -> interval == null || price.interval() == interval)
                .map(PlanPrice::currency)
                .distinct()
                .toList();
    }
}
