package io.tollgate.billing.notice;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.util.HashMap;
import java.util.Map;

/** The names of the facts that notices carry; others may be added, and go to webhooks as they are. */
public final class Fact {

    /** In the currency's minor unit, beside {@link #CURRENCY}. */
    public static final String AMOUNT_MINOR = "amount_minor";

    public static final String CURRENCY = "currency";

    /** Credits as a decimal. */
    public static final String CREDITS = "credits";

    /** What the account has, as a decimal. */
    public static final String AVAILABLE = "available";

    /** Below which an account is told, as a decimal. */
    public static final String THRESHOLD = "threshold";

    /** What the refused call would have held, as a decimal. */
    public static final String REQUIRED = "required";

    /** Stripe's decline code or failure code, as Stripe gave it; customers are never shown it. */
    public static final String REASON = "reason";

    /** Stripe's hosted page where the customer can pay, confirm or look. */
    public static final String URL = "url";

    /** A time as {@code 2026-11-20T12:00:00Z}: the end of a grace, a trial, a period. */
    public static final String UNTIL = "until";

    /** The plan's name as customers know it. */
    public static final String PLAN = "plan";

    /** What was bought, as customers know it. */
    public static final String TITLE = "title";

    public static final String INVOICE = "invoice";
    public static final String SUBSCRIPTION = "subscription";
    public static final String PAYMENT = "payment";
    public static final String GRANT = "grant";
    public static final String REFUND = "refund";
    public static final String DISPUTE = "dispute";

    private Fact() {}

    /** Both facts of an amount, in a map that takes further ones. */
    public static Map<String, String> of(Money money) {
        Map<String, String> facts = new HashMap<>();
        facts.put(AMOUNT_MINOR, Long.toString(money.minor()));
        facts.put(CURRENCY, money.currency());
        return facts;
    }

    /** The fact of an amount of credit, in a map that takes further ones. */
    public static Map<String, String> of(Credits credits) {
        Map<String, String> facts = new HashMap<>();
        facts.put(CREDITS, credits.toDecimal());
        return facts;
    }
}
