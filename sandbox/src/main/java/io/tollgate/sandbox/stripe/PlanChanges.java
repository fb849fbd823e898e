package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Makes changes of plan, and sees to their payment as the caller wants it. */
final class PlanChanges {
    private static final TestCard.Outcome.Declined NO_METHOD = new TestCard.Outcome.Declined(
            "card_declined", "generic_decline", "This customer has no attached payment source.");

    private final Simulation simulation;
    private final Proration proration;
    private final SubscriptionBook book;
    private final Invoices invoices;
    private final InvoiceCharges charges;
    private final PendingChanges pending;

    PlanChanges(
            Simulation simulation,
            Proration proration,
            SubscriptionBook book,
            Invoices invoices,
            InvoiceCharges charges,
            PendingChanges pending) {
        this.simulation = simulation;
        this.proration = proration;
        this.book = book;
        this.invoices = invoices;
        this.charges = charges;
        this.pending = pending;
    }

    /** Changes a subscription; {@code before} is what it was before the request that asks for it. */
    void change(ObjectNode subscription, PlanChange change, String behavior, ObjectNode before) {
        pending.drop(subscription);
        Proposal proposal = proration.propose(subscription, change);
        List<ObjectNode> billed = billedNow(subscription, proposal);
        if (billed.isEmpty()) {
            PendingChanges.adopt(subscription, proposal.after());
            tell(subscription, before);
            book.defer(subscription, proposal.lines());
            return;
        }
        Bill bill = bill(proposal, billed);
        Optional<TestCard.Outcome.Declined> refusal = refusal(subscription, bill);
        if (refusal.isPresent() && behavior.equals("error_if_incomplete")) {
            throw ApiException.declined(refusal.get());
        }
        List<ObjectNode> deferred = book.takeWaiting(subscription);
        if (refusal.isPresent() && behavior.equals("pending_if_incomplete")) {
            hold(subscription, bill, deferred, before);
        } else {
            make(subscription, bill, behavior, before);
        }
    }

    /** What a change is billed at once for; nothing when it waits for the next period or costs nothing. */
    List<ObjectNode> billedNow(ObjectNode subscription, Proposal proposal) {
        return proposal.billed() == Proposal.Billed.NOW
                ? Stream.concat(book.waiting(subscription).stream(), proposal.lines().stream())
                        .toList()
                : List.of();
    }

    Bill bill(Proposal proposal, List<ObjectNode> lines) {
        long now = simulation.clock().epochSecond();
        return new Bill(proposal.after(), "subscription_update", lines, new Period(now, now));
    }

    private Optional<TestCard.Outcome.Declined> refusal(ObjectNode subscription, Bill bill) {
        ObjectNode customer =
                simulation.require(Customers.KIND, subscription.path("customer").stringValue(), "customer");
        if (invoices.due(bill, customer) == 0) {
            return Optional.empty();
        }
        Optional<ObjectNode> method = charges.defaultMethod(subscription.path("default_payment_method"), customer);
        return method.isPresent() ? charges.refusal(method.get()) : Optional.of(NO_METHOD);
    }

    private void make(ObjectNode subscription, Bill bill, String behavior, ObjectNode before) {
        PendingChanges.adopt(subscription, bill.subscription());
        ObjectNode invoice = draft(subscription, bill);
        book.count(subscription, invoice);
        tell(subscription, before);
        invoices.announce(invoice);
        invoices.issue(invoice);
        if (!Invoices.is(invoice, "open")) {
            return;
        }
        if (behavior.equals("default_incomplete")) {
            invoices.leave(invoice);
            ObjectNode active = subscription.deepCopy();
            subscription.put("status", "past_due");
            tell(subscription, active);
        } else {
            charges.collect(invoice);
        }
    }

    private void hold(ObjectNode subscription, Bill bill, List<ObjectNode> deferred, ObjectNode before) {
        ObjectNode invoice = draft(subscription, bill);
        pending.hold(subscription, bill.subscription(), invoice, deferred);
        tell(subscription, before);
        invoices.announce(invoice);
        invoices.leave(invoice);
        invoices.issue(invoice);
        charges.collect(invoice);
    }

    private ObjectNode draft(ObjectNode subscription, Bill bill) {
        ObjectNode invoice = book.draft(bill);
        subscription.set("latest_invoice", invoice.path("id"));
        return invoice;
    }

    /** Tells of what is different, if anything is. */
    void tell(ObjectNode subscription, ObjectNode before) {
        if (!subscription.equals(before)) {
            simulation.events().emit("customer.subscription.updated", subscription, before);
        }
    }
}
