package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscriptions/{id}}: changing, canceling and resuming one. */
final class SubscriptionUpdates {
    /** What Stripe lets wait for a payment; it refuses to have anything else changed by the same request. */
    private static final List<String> NEVER_PENDING = List.of(
            "cancel_at",
            "cancel_at_period_end",
            "default_payment_method",
            "description",
            "pause_collection",
            "trial_settings");

    private static final Set<String> ENDED = Set.of("canceled", "incomplete_expired");

    private final Simulation simulation;
    private final SubscriptionItems items;
    private final SubscriptionSettings settings;
    private final PlanChanges changes;
    private final Renewals renewals;
    private final Cancellations cancellations;

    SubscriptionUpdates(
            Simulation simulation,
            SubscriptionItems items,
            SubscriptionSettings settings,
            PlanChanges changes,
            Renewals renewals,
            Cancellations cancellations) {
        this.simulation = simulation;
        this.items = items;
        this.settings = settings;
        this.changes = changes;
        this.renewals = renewals;
        this.cancellations = cancellations;
    }

    void register(Router router) {
        router.post("/v1/subscriptions/{id}", request -> update(living(request.id()), request.form()))
                .delete("/v1/subscriptions/{id}", request -> cancel(living(request.id()), request.form()))
                .post("/v1/subscriptions/{id}/resume", request -> resume(living(request.id()), request.form()));
    }

    private ObjectNode living(String id) {
        ObjectNode subscription = simulation.require(Subscriptions.KIND, id, "subscription");
        if (ENDED.contains(subscription.path("status").stringValue())) {
            throw ApiException.noSuch("subscription", id, "id");
        }
        return subscription;
    }

    /** Changes a subscription as a form wants it; a request that is refused changes nothing. */
    ObjectNode update(ObjectNode subscription, Form form) {
        refuseWhatItsScheduleDecides(subscription, form);
        ObjectNode before = subscription.deepCopy();
        String behavior = Subscriptions.behavior(form);
        Optional<PlanChange> change =
                PlanChange.read(form, subscription, items, simulation.clock().epochSecond());
        if (behavior.equals("pending_if_incomplete")) {
            refuseWhatCannotWait(form);
        }
        ObjectNode changed = subscription.deepCopy();
        settings.apply(form, changed);
        form.rejectUnread();

        try {
            subscription.setAll(changed);
            if (change.isPresent()) {
                items.keepPrices(change.get().items());
                changes.change(subscription, change.get(), behavior, before);
            } else {
                changes.tell(subscription, before);
            }
        } catch (ApiException refused) {
            subscription.setAll(before);
            throw refused;
        }
        renewals.schedule(subscription);
        return subscription;
    }

    private static void refuseWhatItsScheduleDecides(ObjectNode subscription, Form form) {
        if (!subscription.path("schedule").isNull()
                && (form.names("cancel_at") || form.names("cancel_at_period_end"))) {
            throw ApiException.badRequest("The subscription is managed by the subscription schedule `"
                    + subscription.path("schedule").stringValue()
                    + "`, and updating any cancelation behavior directly is"
                    + " not allowed. Please update the schedule instead.");
        }
    }

    private static void refuseWhatCannotWait(Form form) {
        for (String name : NEVER_PENDING) {
            if (form.names(name)) {
                throw ApiException.badParameter(
                        name,
                        "parameter_invalid",
                        "`" + name + "` cannot be changed with payment_behavior=pending_if_incomplete.");
            }
        }
    }

    ObjectNode cancel(ObjectNode subscription, Form form) {
        boolean prorates = form.flag("prorate").orElse(false);
        boolean invoices = form.flag("invoice_now").orElse(false);
        Optional<Form> details = form.object("cancellation_details");
        Optional<String> comment = details.flatMap(it -> it.text("comment"));
        Optional<String> feedback = details.flatMap(it -> it.text("feedback"));
        form.rejectUnread();
        ObjectNode shown = subscription.withObject("/cancellation_details");
        comment.ifPresent(text -> shown.put("comment", text));
        feedback.ifPresent(text -> shown.put("feedback", text));
        cancellations.cancel(
                subscription,
                prorates ? Cancellations.Rest.CREDITED : Cancellations.Rest.KEPT,
                invoices ? Cancellations.Waiting.INVOICED : Cancellations.Waiting.LEFT);
        return subscription;
    }

    private ObjectNode resume(ObjectNode subscription, Form form) {
        form.text("billing_cycle_anchor");
        form.text("proration_behavior");
        form.text("proration_date");
        form.rejectUnread();
        if (!subscription.path("status").stringValue().equals("paused")) {
            throw ApiException.badRequest("Only subscriptions with a status of paused can be resumed.");
        }
        ObjectNode before = subscription.deepCopy();
        subscription.put("status", "active");
        simulation.events().emit("customer.subscription.resumed", subscription);
        Form now = Form.parse("billing_cycle_anchor=now&proration_behavior=none");
        PlanChange change = PlanChange.read(
                        now, subscription, items, simulation.clock().epochSecond())
                .orElseThrow();
        changes.change(subscription, change, "allow_incomplete", before);
        renewals.schedule(subscription);
        return subscription;
    }
}
