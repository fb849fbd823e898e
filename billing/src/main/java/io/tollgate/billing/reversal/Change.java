package io.tollgate.billing.reversal;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import org.jspecify.annotations.Nullable;

/** Something that was new, and is written down now. */
public sealed interface Change {
    /** A refund came about or went on. */
    record OfRefund(String refund, RefundPhase phase, Money amount) implements Change {}

    /** A dispute came about or went on. */
    record OfDispute(
            String dispute,
            DisputePhase phase,
            Money amount,
            @Nullable String reason) implements Change {}

    /** Credit was taken for {@code cause}, a request, refund or dispute. */
    record Taken(String cause, Credits credits) implements Change {}

    record GivenBack(String cause, Credits credits) implements Change {}

    record Frozen(String cause) implements Change {}

    record Thawed(String cause) implements Change {}
}
