package io.tollgate.gateway.console;

import io.tollgate.billing.catalog.Catalog;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.billing.catalog.Pack;
import io.tollgate.gateway.topup.MoneyText;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the page behind {@code top_up_url} shows.
 *
 * @param available null while it cannot be told
 * @param custom empty if only packs are for sale, else one
 * @param problem what went wrong with the last attempt, null for nothing
 */
public record TopUpPage(
        @Nullable String available,
        List<PackButton> packs,
        List<CustomField> custom,
        @Nullable String problem,
        String validUntil,
        String validUntilIso) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm 'UTC on' d MMMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** A pack as a button. */
    public record PackButton(String id, String name, String credits, String price) {
        static PackButton of(Pack pack) {
            return new PackButton(pack.id(), pack.name(), pack.credits().toDecimal(), MoneyText.format(pack.price()));
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

    static TopUpPage of(Catalog catalog, @Nullable Credits available, Instant validUntil, Attempt last) {
        CustomAmount custom = catalog.customIn(null);
        return new TopUpPage(
                available == null ? null : available.toDecimal(),
                catalog.packs().stream().map(PackButton::of).toList(),
                custom == null ? List.of() : List.of(CustomField.of(custom, last)),
                last.problem(),
                CLOCK.format(validUntil),
                validUntil.toString());
    }
}
