package io.tollgate.billing.notice.mail;

import io.tollgate.billing.notice.Fact;
import io.tollgate.metering.ledger.Money;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Facts as people read them. What a text cannot say is left out of it rather than shown raw. */
final class Wording {

    private static final int FACT_MAX = 300;
    private static final int LINK_MAX = 2_000;
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
    private static final Pattern MINOR = Pattern.compile("[0-9]{1,15}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Wording() {}

    /** By the names in {@link Fact}, and {@code amount} for an amount with its currency. */
    static Map<String, Object> of(Map<String, String> facts) {
        Map<String, Object> words = new HashMap<>();
        facts.forEach((name, value) -> words.put(name, oneLine(value)));
        replace(words, "amount", amount(facts));
        replace(words, Fact.UNTIL, time(facts.get(Fact.UNTIL)));
        replace(words, Fact.URL, link(facts.get(Fact.URL)));
        return words;
    }

    /** Without anything that could end a line or turn its direction. */
    static String oneLine(String text) {
        String line = NOT_PRINTABLE.matcher(text).replaceAll(" ").strip();
        return line.length() > FACT_MAX ? line.substring(0, FACT_MAX) + "…" : line;
    }

    private static void replace(Map<String, Object> words, String name, @Nullable String value) {
        if (value == null) {
            words.remove(name);
        } else {
            words.put(name, value);
        }
    }

    private static @Nullable String amount(Map<String, String> facts) {
        String minor = facts.get(Fact.AMOUNT_MINOR);
        String code = facts.get(Fact.CURRENCY);
        if (minor == null || code == null || !MINOR.matcher(minor).matches() || !Money.isCurrency(code)) {
            return null;
        }
        Currency currency = Currency.getInstance(code.toUpperCase(Locale.ROOT));
        int decimals = Money.decimals(code);
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(BigDecimal.valueOf(Long.parseLong(minor), decimals));
    }

    private static @Nullable String time(@Nullable String until) {
        try {
            return until == null ? null : TIME.format(Instant.parse(until));
        } catch (DateTimeParseException notATime) {
            return null;
        }
    }

    // Nothing but a web page: readers click on it because it comes from us.
    private static @Nullable String link(@Nullable String url) {
        if (url == null || url.length() > LINK_MAX) {
            return null;
        }
        try {
            URI uri = new URI(url);
            boolean isHere = LOOPBACK.contains(String.valueOf(uri.getHost()));
            boolean isSafe = "https".equals(uri.getScheme()) || (isHere && "http".equals(uri.getScheme()));
            return isSafe && uri.getHost() != null ? uri.toASCIIString() : null;
        } catch (URISyntaxException notALink) {
            return null;
        }
    }
}
