package io.tollgate.billing.notice;

import io.tollgate.metering.account.AccountId;
import java.util.Locale;
import java.util.Map;

/**
 * Something an account is told.
 *
 * @param key what happened, such as an invoice's id: a kind is told once per key
 * @param facts what the texts and the webhook's receiver use, by the names in {@link Fact}
 */
public record Notice(AccountId account, Kind kind, String key, Map<String, String> facts) {

    private static final int KEY_MAX = 255;
    private static final int FACTS_MAX = 24;
    private static final int FACT_MAX = 2_000;

    public Notice {
        if (key.isEmpty() || key.length() > KEY_MAX) {
            throw new IllegalArgumentException("a notice's key has 1 to " + KEY_MAX + " characters");
        }
        facts = Map.copyOf(facts);
        if (facts.size() > FACTS_MAX || facts.values().stream().anyMatch(fact -> fact.length() > FACT_MAX)) {
            throw new IllegalArgumentException(
                    "a notice has at most " + FACTS_MAX + " facts of " + FACT_MAX + " characters each");
        }
    }

    /** What is told of. */
    public enum Kind {
        PAYMENT_FAILED,
        PAYMENT_ACTION_REQUIRED,
        GRACE_ENDED,
        PAYMENT_RECOVERED,
        TRIAL_ENDING,
        SUBSCRIPTION_ENDED,
        LOW_CREDIT,
        CALL_REFUSED,
        CREDIT_GRANTED,
        REFUNDED,
        DISPUTED,
        AUTO_TOP_UP_FAILED,
        AUTO_TOP_UP_OFF,
        AUTO_TOP_UP_ACTION_REQUIRED;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** As it stands in settings, webhooks and metrics: {@code payment_failed}. */
        public String text() {
            return text;
        }
    }
}
