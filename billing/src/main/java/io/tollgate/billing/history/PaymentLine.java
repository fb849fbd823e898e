package io.tollgate.billing.history;

import io.tollgate.billing.payment.Payment;

/**
 * A payment and what has become of it, in minor units of its currency.
 *
 * @param refundedMinor refunds on their way included
 * @param disputedMinor what disputes have taken and not brought back
 */
public record PaymentLine(Payment payment, long refundedMinor, long disputedMinor, Papers papers) {

    PaymentLine with(Papers newPapers) {
        return new PaymentLine(payment, refundedMinor, disputedMinor, newPapers);
    }
}
