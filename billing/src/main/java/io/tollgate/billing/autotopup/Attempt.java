package io.tollgate.billing.autotopup;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One purchase while nobody is there. Everything Stripe is asked for stands in it, so that asking again is the same request.
 *
 * @param customer the account's, at Stripe
 * @param paymentIntent Stripe's; null until it is known
 * @param expiresAt when it is cancelled if it is still open
 */
public record Attempt(
        String id,
        AccountId account,
        AttemptState state,
        Trigger trigger,
        String title,
        Credits credits,
        Money price,
        String customer,
        Card card,
        @Nullable String paymentIntent,
        Instant startedAt,
        Instant expiresAt) {

    private static final Pattern ID = Pattern.compile("atu_[a-z0-9]{32}");

    static String newId() {
        return "atu_" + UUID.randomUUID().toString().replace("-", "");
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The same however often it is asked for, so that Stripe charges once. */
    public String idempotencyKey() {
        return "tollgate-auto-topup-" + id;
    }
}
