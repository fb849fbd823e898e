package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Begins a subscription: it is stored and told of, then its first invoice is, for nothing while a trial lasts. */
final class SubscriptionStart {
    private final Simulation simulation;
    private final SubscriptionItems items;
    private final InvoiceLines lines;
    private final SubscriptionBook book;
    private final Invoices invoices;
    private final Renewals renewals;

    SubscriptionStart(
            Simulation simulation,
            SubscriptionItems items,
            InvoiceLines lines,
            SubscriptionBook book,
            Invoices invoices,
            Renewals renewals) {
        this.simulation = simulation;
        this.items = items;
        this.lines = lines;
        this.book = book;
        this.invoices = invoices;
        this.renewals = renewals;
    }

    /** Returns the first invoice, open unless nothing was due. */
    ObjectNode begin(ObjectNode subscription) {
        items.keepPrices(SubscriptionItems.of(subscription));
        if (!subscription.path("trial_end").isNull()) {
            subscription.put("status", "trialing");
        }
        simulation.store().add(subscription);
        ObjectNode invoice = book.draft(firstBill(subscription));
        book.count(subscription, invoice);
        invoices.leave(invoice);
        simulation.events().emit("customer.subscription.created", subscription);
        invoices.announce(invoice);
        invoices.issue(invoice);
        renewals.schedule(subscription);
        return invoice;
    }

    /** A first period that is cut short by an anchor costs its share of a whole one. */
    Bill firstBill(ObjectNode subscription) {
        List<ObjectNode> all = SubscriptionItems.of(subscription);
        Period first = SubscriptionItems.period(subscription);
        Period whole = SubscriptionItems.cycle(all)
                .around(subscription.path("billing_cycle_anchor").longValue(), first.start());
        boolean cut = subscription.path("trial_end").isNull() && !whole.equals(first);
        List<ObjectNode> charged = cut
                ? all.stream()
                        .map(item -> lines.remaining(
                                subscription,
                                item,
                                Rounding.share(SubscriptionItems.amount(item), first.length(), whole.length()),
                                first))
                        .toList()
                : lines.recurring(subscription, all, first);
        return new Bill(subscription, "subscription_create", charged, new Period(first.start(), first.start()));
    }
}
