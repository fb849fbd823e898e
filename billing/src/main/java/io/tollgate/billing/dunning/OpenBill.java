package io.tollgate.billing.dunning;

import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.Notice;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bill that was not paid at the first try.
 *
 * @param plan as customers know it
 * @param due null where it is not known
 * @param attempts how often it was tried
 * @param reason Stripe's decline code; null if Stripe gave none
 * @param url Stripe's page where it can be paid; null if there is none
 * @param graceUntil how long the allowance goes on; null if that is not at stake
 */
public record OpenBill(
        AccountId account,
        String subscription,
        String plan,
        String invoice,
        @Nullable Money due,
        long attempts,
        @Nullable String reason,
        @Nullable String url,
        @Nullable Instant graceUntil) {

    /** What Stripe says where the cardholder has to confirm: a further try without them fails as this one did. */
    public static final String CONFIRMATION_WANTED = "authentication_required";

    /** What the last failed try is told as: once for each. */
    public Notice failed() {
        return CONFIRMATION_WANTED.equals(reason)
                ? notice(Notice.Kind.PAYMENT_ACTION_REQUIRED, invoice + ":" + attempts)
                : notice(Notice.Kind.PAYMENT_FAILED, invoice + ":" + attempts);
    }

    public Notice recovered() {
        return notice(Notice.Kind.PAYMENT_RECOVERED, invoice);
    }

    public Notice graceEnded() {
        return notice(Notice.Kind.GRACE_ENDED, invoice);
    }

    private Notice notice(Notice.Kind kind, String key) {
        Map<String, String> facts = due == null ? new HashMap<>() : Fact.of(due);
        facts.put(Fact.PLAN, plan);
        facts.put(Fact.SUBSCRIPTION, subscription);
        facts.put(Fact.INVOICE, invoice);
        if (reason != null) {
            facts.put(Fact.REASON, reason);
        }
        if (url != null) {
            facts.put(Fact.URL, url);
        }
        if (graceUntil != null) {
            facts.put(Fact.UNTIL, graceUntil.toString());
        }
        return new Notice(account, kind, key, facts);
    }
}
