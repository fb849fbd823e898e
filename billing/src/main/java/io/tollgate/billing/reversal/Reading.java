package io.tollgate.billing.reversal;

import java.util.List;

/** All refunds and disputes of a payment as Stripe has them now. */
public record Reading(List<SeenRefund> refunds, List<SeenDispute> disputes) {

    public Reading {
        refunds = List.copyOf(refunds);
        disputes = List.copyOf(disputes);
    }
}
