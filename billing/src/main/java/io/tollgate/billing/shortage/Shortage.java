package io.tollgate.billing.shortage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import java.util.Locale;

/**
 * A call that was refused because of the account's credit.
 *
 * @param required what the call would have held
 * @param availableMicros what the account had for it then; below zero is debt
 */
public record Shortage(AccountId account, Reason reason, Credits required, long availableMicros) {

    /** Why, as the client was told; the graver the later. */
    public enum Reason {
        /** There is enough, but other calls hold it. */
        CREDIT_IN_USE,
        /** A shorter call could be paid for. */
        CALL_EXCEEDS_CREDIT,
        INSUFFICIENT_CREDIT;

        private final String text = name().toLowerCase(Locale.ROOT);

        /** As it stands in answers and metrics: {@code credit_in_use}. */
        public String text() {
            return text;
        }
    }

    /** Of several refusals of one account the latest of the gravest is told. */
    static Shortage graver(Shortage earlier, Shortage later) {
        return earlier.reason.compareTo(later.reason) > 0 ? earlier : later;
    }
}
