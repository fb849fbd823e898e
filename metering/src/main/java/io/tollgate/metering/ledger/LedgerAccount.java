package io.tollgate.metering.ledger;

import io.tollgate.metering.account.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Where entries are booked.
 *
 * @param owner the account it belongs to, null for the system's own
 */
public record LedgerAccount(String name, @Nullable AccountId owner) {

    /** Credit given away, less what of it was used. */
    public static final LedgerAccount PROMOTIONS = new LedgerAccount("promotions", null);

    /** Charges that no lot covered and no later grant has paid. */
    public static final LedgerAccount DEBT = new LedgerAccount("debt", null);

    /** The part of {@link #DEBT} that nobody will pay. */
    public static final LedgerAccount BAD_DEBT = new LedgerAccount("bad-debt", null);

    /** Credit that went unused until its end. */
    public static final LedgerAccount BREAKAGE = new LedgerAccount("breakage", null);

    public static LedgerAccount customer(AccountId account) {
        return new LedgerAccount("customer:" + account.value(), account);
    }

    /** Sold and not yet used. */
    public static LedgerAccount deferred(String currency) {
        return new LedgerAccount("deferred:" + currency, null);
    }

    /** Sold and used. */
    public static LedgerAccount revenue(String currency) {
        return new LedgerAccount("revenue:" + currency, null);
    }

    /**
     * What was paid for credit that was taken back unused, less the money that went back. So it is below zero for what is still to be
     * paid back, above zero for what was paid back beyond the unused part: a loss, and that of a refunded plan, whose payment was
     * earned at once.
     */
    public static LedgerAccount refunds(String currency) {
        return new LedgerAccount("refunds:" + currency, null);
    }

    /** Paid to Stripe and not yet paid out by it. */
    public static LedgerAccount stripeClearing(String currency) {
        return new LedgerAccount("stripe:clearing:" + currency, null);
    }
}
