package io.tollgate.billing.checkout;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything a buyer brings to a checkout beside the choice.
 *
 * @param locale the language of Stripe's page, as Stripe names it; null for the installation's
 */
public record Visit(ReturnUrls urls, @Nullable String locale, CardUse cardUse) {

    public static final String LOCALE_ALLOWED = "a language such as de, en-GB or auto";

    private static final Pattern LOCALE = Pattern.compile("auto|[a-z]{2,3}(-[A-Za-z0-9]{2,4})?");

    /** What becomes of the card. */
    public enum CardUse {
        /** It pays this once, or what a subscription needs. */
        ONCE,
        /** It is kept for payments that nobody is there to make: automatic top-ups. */
        KEEP
    }

    public Visit {
        if (locale != null && !isLocale(locale)) {
            throw new IllegalArgumentException("a locale has to be " + LOCALE_ALLOWED);
        }
    }

    public static Visit of(ReturnUrls urls) {
        return new Visit(urls, null, CardUse.ONCE);
    }

    public static boolean isLocale(String text) {
        return LOCALE.matcher(text).matches();
    }
}
