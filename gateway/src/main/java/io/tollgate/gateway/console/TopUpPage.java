package io.tollgate.gateway.console;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Pack;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.PlanPrice;
import io.tollgate.billing.catalog.Price;
import io.tollgate.billing.catalog.Trial;
import io.tollgate.gateway.topup.MoneyText;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page behind {@code top_up_url} shows.
 *
 * @param available null while it cannot be told
 * @param currency in which things are shown and paid
 * @param currencies others there are
 * @param custom empty if only packs are for sale, else one
 * @param problem what went wrong with the last attempt, null for nothing
 */
public record TopUpPage(
        @Nullable String available,
        String currency,
        List<String> currencies,
        List<PackButton> packs,
        List<CustomField> custom,
        List<PlanButton> plans,
        @Nullable String problem,
        String validUntil,
        String validUntilIso) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm 'UTC on' d MMMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** A pack as a button. */
    public record PackButton(String id, String name, String credits, String price) {
        static Stream<PackButton> of(Pack pack, String currency) {
            return pack.prices().stream()
                    .filter(price -> price.currency().equals(currency))
                    .map(price -> new PackButton(
                            pack.id(), pack.name(), pack.credits().toDecimal(), MoneyText.format(price.money())));
        }
    }

    /**
     * A plan at one of its prices, as a button.
     *
     * @param choice what the button sends
     * @param price null for a free plan
     * @param trial null for none
     */
    public record PlanButton(
            String choice,
            String name,
            String allowance,
            @Nullable String price,
            @Nullable String trial) {

        static Stream<PlanButton> of(Plan plan, String currency) {
            return plan.isFree()
                    ? Stream.of(button(plan, plan.id(), null))
                    : plan.prices().stream()
                            .filter(price -> price.currency().equals(currency))
                            .map(price -> button(
                                    plan, plan.id() + "/" + price.interval().word(), text(price)));
        }

        private static PlanButton button(Plan plan, String choice, @Nullable String price) {
            return new PlanButton(choice, plan.name(), plan.allowance().toDecimal(), price, trial(plan.trial()));
        }

        private static String text(PlanPrice price) {
            return MoneyText.format(price.money()) + " a " + price.interval().word();
        }

        private static @Nullable String trial(@Nullable Trial trial) {
            return trial == null ? null : "first " + (trial.days() == 1 ? "day" : trial.days() + " days") + " free";
        }
    }

    /**
     * The field for an amount of one's own.
     *
     * @param worth what the least amount buys
     * @param entered what was typed before, null for nothing
     * @param error what is wrong with it, null for nothing
     */
    public record CustomField(
            String currency,
            String least,
            String most,
            String worth,
            @Nullable String entered,
            @Nullable String error) {

        static CustomField of(CustomAmount custom, Attempt last) {
            CustomAmount.Bounds bounds = custom.bounds();
            return new CustomField(
                    bounds.currency().toUpperCase(Locale.ROOT),
                    MoneyText.format(new Money(bounds.minimumMinor(), bounds.currency())),
                    MoneyText.format(new Money(bounds.maximumMinor(), bounds.currency())),
                    custom.curve().creditsFor(bounds.minimumMinor()).toDecimal(),
                    last.entered(),
                    last.amountError());
        }
    }

    /**
     * The attempt to pay that led back to this page.
     *
     * @param entered the amount as it was typed
     * @param amountError what is wrong with the amount
     * @param problem what is wrong otherwise
     */
    record Attempt(
            @Nullable String entered,
            @Nullable String amountError,
            @Nullable String problem) {

        static final Attempt NONE = new Attempt(null, null, null);
    }

    static TopUpPage of(
            Catalog catalog, @Nullable String wanted, @Nullable Credits available, Instant validUntil, Attempt last) {
        List<String> all = currencies(catalog);
        String currency = wanted != null && all.contains(wanted) ? wanted : all.isEmpty() ? "" : all.getFirst();
        CustomAmount custom = catalog.customIn(currency);
        return new TopUpPage(
                available == null ? null : available.toDecimal(),
                currency,
                all.stream().filter(other -> !other.equals(currency)).toList(),
                catalog.packs().stream()
                        .flatMap(pack -> PackButton.of(pack, currency))
                        .toList(),
                custom == null ? List.of() : List.of(CustomField.of(custom, last)),
                catalog.plans().stream()
                        .flatMap(plan -> PlanButton.of(plan, currency))
                        .toList(),
                last.problem(),
                CLOCK.format(validUntil),
                validUntil.toString());
    }

    /** The usual one first. */
    private static List<String> currencies(Catalog catalog) {
        Stream<String> packs =
                catalog.packs().stream().flatMap(pack -> pack.prices().stream()).map(Price::currency);
        Stream<String> custom = catalog.custom().stream().map(CustomAmount::currency);
        Stream<String> plans =
                catalog.plans().stream().flatMap(plan -> plan.prices().stream()).map(PlanPrice::currency);
        return Stream.of(packs, custom, plans).flatMap(each -> each).distinct().toList();
    }
}
