package io.tollgate.sandbox.stripe;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What beginning a subscription takes, for those who begin one other than by the API. */
record SubscriptionBegin(
        SubscriptionItems items,
        SubscriptionTerms terms,
        SubscriptionStart start,
        InvoiceCharges charges,
        SessionDiscounts discounts) {
    /** Which coupon a checkout session has, given to the subscription that it begins. */
    record SessionDiscounts(Discounts discounts, RecurringDiscounts recurring) {}

    void discount(ObjectNode subscription, String session) {
        discounts
                .discounts()
                .of(session)
                .ifPresent(taken -> discounts.recurring().grant(subscription, taken));
    }

    /** Pays the first invoice with the card of someone who is there; returns the intent, unless nothing was due. */
    Optional<ObjectNode> pay(ObjectNode invoice, ObjectNode method) {
        if (!Invoices.is(invoice, "open")) {
            return Optional.empty();
        }
        TestCard.Outcome _ = charges.chargeOnSession(invoice, method);
        return Optional.of(charges.intentOf(invoice));
    }
}
