package io.tollgate.billing.refund;

import io.tollgate.billing.reversal.RefundRequest;
import java.time.Instant;

/** What became of the wish for a refund. */
public sealed interface RefundResult {
    /** Stripe has it: now, or by an earlier wish of the same cause. */
    record Refunded(RefundRequest request) implements RefundResult {}

    /** It is written down, and what goes back with it is taken; Stripe has not answered and is asked again. */
    record Waiting(RefundRequest request) implements RefundResult {}

    /** Stripe will not, or its refund has failed since; {@code code} says why, as the request does. */
    record Refused(String code) implements RefundResult {}

    record NoSuchPayment() implements RefundResult {}

    /** Nothing was charged for it. */
    record NothingPaid() implements RefundResult {}

    /** More than {@code leftMinor}, which is what can still go back of the payment. */
    record BeyondPaid(long leftMinor, String currency) implements RefundResult {}

    /** The same cause asked for something else before: {@code field} was {@code before} then. */
    record Conflict(String field, String before) implements RefundResult {}

    /** Customers do not take money back here, or not for such a payment. */
    record NotOffered() implements RefundResult {}

    /** The money-back window ended at {@code until}. */
    record WindowOver(Instant until) implements RefundResult {}

    /** There is nothing left that was not used, or not enough of it. */
    record Used() implements RefundResult {}
}
