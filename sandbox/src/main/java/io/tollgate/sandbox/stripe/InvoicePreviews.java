package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/invoices/create_preview}: what a subscription, or a change of it, would be billed next. */
final class InvoicePreviews {
    private final Simulation simulation;
    private final Invoices invoices;
    private final SubscriptionBook book;
    private final Renewals renewals;
    private final Changing changing;
    private final SubscriptionBegin begin;

    /** What works out changes. */
    record Changing(Proration proration, PlanChanges changes) {}

    InvoicePreviews(
            Simulation simulation,
            Invoices invoices,
            SubscriptionBook book,
            Renewals renewals,
            Changing changing,
            SubscriptionBegin begin) {
        this.simulation = simulation;
        this.invoices = invoices;
        this.book = book;
        this.renewals = renewals;
        this.changing = changing;
        this.begin = begin;
    }

    void register(Router router) {
        router.post("/v1/invoices/create_preview", this::preview);
    }

    private ObjectNode preview(ApiRequest request) {
        Form form = request.form();
        Form details = form.object("subscription_details").orElseGet(() -> Form.parse(""));
        Optional<String> id = form.text("subscription");
        Optional<String> customer = form.text("customer");
        form.text("preview_mode");
        Bill bill = id.isPresent()
                ? changed(simulation.require(Subscriptions.KIND, id.get(), "subscription"), details)
                : fresh(customer.orElseThrow(() -> ApiException.missingParameter("customer")), details);
        form.rejectUnread();
        ObjectNode payer = simulation.require(
                Customers.KIND, bill.subscription().path("customer").stringValue(), "customer");
        return invoices.preview(bill, payer);
    }

    private Bill fresh(String customer, Form details) {
        ObjectNode subscription =
                begin.terms().describe(details, begin.items().read(details)).put("customer", customer);
        return begin.start().firstBill(subscription);
    }

    private Bill changed(ObjectNode subscription, Form details) {
        if (!Renewals.isRunning(subscription)) {
            throw nothingToCome();
        }
        long now = simulation.clock().epochSecond();
        boolean ends = details.flag("cancel_at_period_end")
                .orElse(subscription.path("cancel_at_period_end").booleanValue());
        boolean endsNow = details.flag("cancel_now").orElse(false);
        Optional<PlanChange> change = PlanChange.read(details, subscription, begin.items(), now);
        if (endsNow) {
            List<ObjectNode> credits = changing.proration().credits(subscription, now);
            List<ObjectNode> all = Stream.concat(book.waiting(subscription).stream(), credits.stream())
                    .toList();
            return new Bill(subscription, "manual", all, new Period(now, now));
        }
        if (ends && change.isEmpty()) {
            throw nothingToCome();
        }
        if (change.isEmpty()) {
            return next(subscription, book.waiting(subscription));
        }
        Proposal proposal = changing.proration().propose(subscription, change.get());
        if (proposal.billed() == Proposal.Billed.NOW) {
            return changing.changes().bill(proposal, changing.changes().billedNow(subscription, proposal));
        }
        List<ObjectNode> waiting = Stream.concat(book.waiting(subscription).stream(), proposal.lines().stream())
                .toList();
        return next(proposal.after(), waiting);
    }

    private Bill next(ObjectNode subscription, List<ObjectNode> waiting) {
        ObjectNode then = subscription.deepCopy();
        Period ended = SubscriptionItems.period(then);
        Renewals.advance(then);
        return renewals.renewal(then, ended, waiting);
    }

    private static ApiException nothingToCome() {
        return ApiException.badRequest("No upcoming invoices for customer").with("code", "invoice_upcoming_none");
    }
}
