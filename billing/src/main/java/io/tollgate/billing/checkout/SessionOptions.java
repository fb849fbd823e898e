package io.tollgate.billing.checkout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this installation asks of Stripe's page.
 *
 * @param automaticTax Stripe works out the tax and adds it to the price, or takes it to be included, as its settings say
 * @param taxIdCollection lets the buyer give a tax id
 * @param promotionCodes lets the buyer type a code; what it takes off buys credit all the same
 * @param invoices has Stripe make an invoice of a one-off payment; a subscription has its own in any case
 * @param methods the ways to pay; empty for those that are switched on at Stripe
 * @param methodConfiguration a set of ways to pay that Stripe keeps under this id; null for its default
 * @param locale the language of the page where the buyer brings none
 */
public record SessionOptions(
        boolean automaticTax,
        boolean taxIdCollection,
        boolean promotionCodes,
        boolean invoices,
        List<String> methods,
        @Nullable String methodConfiguration,
        String locale) {

    public static final SessionOptions PLAIN = new SessionOptions(false, false, false, false, List.of(), null, "auto");

    public SessionOptions {
        methods = List.copyOf(methods);
        if (!methods.isEmpty() && methodConfiguration != null) {
            throw new IllegalArgumentException(
                    "tollgate.billing.checkout: either payment-method-types or payment-method-configuration, not both");
        }
        if (!Visit.isLocale(locale)) {
            throw new IllegalArgumentException(
                    "tollgate.billing.checkout.locale has to be " + Visit.LOCALE_ALLOWED + ", not " + locale);
        }
    }
}
