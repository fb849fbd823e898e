package io.tollgate.billing.autotopup;

import java.util.Locale;

/** Whether an account's card is charged now. */
public sealed interface Decision {
    record Start(Attempt attempt) implements Decision {}

    record Skip(Reason reason) implements Decision {}

    /** Why not. */
    enum Reason {
        OFF,
        NO_CARD,
        /** The account is frozen or closed, or a payment of it is disputed. */
        SUSPENDED,
        /** Another attempt is open. */
        UNDER_WAY,
        ENOUGH_CREDIT,
        COOLING_DOWN,
        BACKING_OFF,
        /** What the account wants is no longer in the catalog, or in another currency. */
        NOT_FOR_SALE,
        CAP_REACHED;

        private final String text = name().toLowerCase(Locale.ROOT);

        public String text() {
            return text;
        }
    }
}
