package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Ends subscriptions before their time, with or without money back for what is left of the period. */
final class Cancellations {
    private final Simulation simulation;
    private final Proration proration;
    private final SubscriptionBook book;
    private final Invoices invoices;
    private final InvoiceCharges charges;
    private final SubscriptionEnds ends;

    /** What happens to the part of the period that is left. */
    enum Rest {
        CREDITED,
        KEPT
    }

    /** What happens to lines that wait for an invoice. */
    enum Waiting {
        INVOICED,
        LEFT
    }

    Cancellations(
            Simulation simulation,
            Proration proration,
            SubscriptionBook book,
            Invoices invoices,
            InvoiceCharges charges,
            SubscriptionEnds ends) {
        this.simulation = simulation;
        this.proration = proration;
        this.book = book;
        this.invoices = invoices;
        this.charges = charges;
        this.ends = ends;
    }

    void cancel(ObjectNode subscription, Rest rest, Waiting waiting) {
        long now = simulation.clock().epochSecond();
        List<ObjectNode> credits = rest == Rest.CREDITED ? proration.credits(subscription, now) : List.of();
        ends.end(subscription, "cancellation_requested");
        book.defer(subscription, credits);
        if (waiting == Waiting.INVOICED && !book.waiting(subscription).isEmpty()) {
            ObjectNode invoice =
                    book.draft(new Bill(subscription, "manual", book.takeWaiting(subscription), new Period(now, now)));
            invoices.announce(invoice);
            charges.collectNow(invoice);
        }
    }
}
