package io.tollgate.billing.reversal;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund that somebody here wants.
 *
 * @param payment the id of ours
 * @param causeId makes it happen once
 * @param credits exactly what goes back with it; null for its share
 * @param reason in the asker's words
 * @param endsInvoice the invoice of a plan's period that ends with it; null where none does, or once it has
 * @param attempt counts what cannot be repeated because Stripe would repeat its failure
 * @param refusedBecause Stripe's code, or {@code refund_failed} and {@code refund_canceled}; null unless it was refused
 */
public record RefundRequest(
        String id,
        String payment,
        AccountId account,
        String causeId,
        AskedBy askedBy,
        Money amount,
        @Nullable Credits credits,
        @Nullable String reason,
        State state,
        @Nullable String endsInvoice,
        int attempt,
        @Nullable String refusedBecause,
        Instant askedAt) {

    /** Who wants it. */
    public enum AskedBy {
        OPERATOR,
        CUSTOMER,
        FRAUD_WARNING
    }

    /** How far it is; what became of the refund itself is the refund's phase. */
    public enum State {
        /** Stripe was not asked yet, or has not answered: it is asked again. */
        OPEN,
        ANSWERED,
        /** By Stripe, at once or by letting the refund fail later on: the money stays. */
        REFUSED
    }

    public static String randomId() {
        return "rfr_" + UUID.randomUUID().toString().replace("-", "");
    }
}
