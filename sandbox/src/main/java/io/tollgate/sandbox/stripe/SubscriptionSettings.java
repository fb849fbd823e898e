package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** The part of an update that costs nothing: whose card, when it ends, whether it is collected, notes. */
final class SubscriptionSettings {
    private static final List<String> PAUSES = List.of("void", "keep_as_draft", "mark_uncollectible");

    private final PaymentMethods methods;
    private final Discounts discounts;
    private final RecurringDiscounts recurring;
    private final SubscriptionEnds ends;

    SubscriptionSettings(
            PaymentMethods methods, Discounts discounts, RecurringDiscounts recurring, SubscriptionEnds ends) {
        this.methods = methods;
        this.discounts = discounts;
        this.recurring = recurring;
        this.ends = ends;
    }

    /** Writes what the form says onto a subscription, which is a draft until the whole request was found good. */
    void apply(Form form, ObjectNode subscription) {
        subscription.set("metadata", Metadata.merged((ObjectNode) subscription.path("metadata"), form));
        String customer = subscription.path("customer").stringValue();
        form.text("default_payment_method")
                .ifPresent(id -> subscription.put(
                        "default_payment_method",
                        methods.require(id, customer).path("id").stringValue()));
        if (form.unsets("default_payment_method")) {
            subscription.putNull("default_payment_method");
        }
        form.text("description").ifPresent(text -> subscription.put("description", text));
        applyEnd(form, subscription);
        applyPause(form, subscription);
        applyDiscount(form, subscription);
        form.object("cancellation_details")
                .ifPresent(details -> List.of("comment", "feedback")
                        .forEach(field -> details.text(field)
                                .ifPresent(text -> subscription
                                        .withObject("/cancellation_details")
                                        .put(field, text))));
        form.object("trial_settings")
                .flatMap(settings -> settings.object("end_behavior"))
                .map(end -> end.requiredText("missing_payment_method"))
                .ifPresent(end ->
                        subscription.withObject("/trial_settings/end_behavior").put("missing_payment_method", end));
        form.object("automatic_tax")
                .flatMap(tax -> tax.flag("enabled"))
                .ifPresent(enabled -> subscription.withObject("/automatic_tax").put("enabled", enabled));
        SubscriptionTerms.readPaymentSettings(form, subscription);
        List.of("off_session", "collection_method").forEach(form::text);
    }

    private void applyEnd(Form form, ObjectNode subscription) {
        Optional<Boolean> atPeriodEnd = form.flag("cancel_at_period_end");
        atPeriodEnd
                .filter(is -> is != subscription.path("cancel_at_period_end").booleanValue())
                .ifPresent(is -> ends.planEnd(
                        subscription, is ? SubscriptionEnds.EndPlan.AT_PERIOD_END : SubscriptionEnds.EndPlan.NONE));
        Optional<String> cancelAt = form.text("cancel_at");
        if (cancelAt.isPresent()) {
            ends.planEnd(subscription, SubscriptionEnds.EndPlan.AT_PERIOD_END);
            boolean named = cancelAt.get().endsWith("_period_end");
            subscription.put("cancel_at_period_end", named);
            if (!named) {
                subscription.put("cancel_at", form.requiredInteger("cancel_at"));
            }
        } else if (form.unsets("cancel_at")) {
            ends.planEnd(subscription, SubscriptionEnds.EndPlan.NONE);
        }
    }

    private static void applyPause(Form form, ObjectNode subscription) {
        Optional<Form> pause = form.object("pause_collection");
        if (pause.isPresent()) {
            String behavior = pause.get().requiredText("behavior");
            if (!PAUSES.contains(behavior)) {
                throw ApiException.badParameter(
                        pause.get().nameOf("behavior"), "parameter_invalid", "Invalid behavior: one of " + PAUSES);
            }
            OptionalLong resumesAt = pause.get().integer("resumes_at");
            subscription
                    .putObject("pause_collection")
                    .put("behavior", behavior)
                    .put("resumes_at", resumesAt.isPresent() ? Long.valueOf(resumesAt.getAsLong()) : null);
        } else if (form.text("pause_collection").isEmpty() && form.unsets("pause_collection")) {
            subscription.putNull("pause_collection");
        }
    }

    private void applyDiscount(Form form, ObjectNode subscription) {
        Optional<Discounts.Taken> taken = discounts.read(form);
        if (taken.isPresent() || form.unsets("discounts")) {
            subscription.putArray("discounts");
        }
        taken.ifPresent(it -> recurring.grant(subscription, it));
    }
}
