package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** What a subscription is told when it begins, by its own endpoint or as {@code subscription_data} of a session. */
final class SubscriptionTerms {
    private static final long TRIAL_DAYS_MAX = 730;
    private static final List<String> UNUSED = List.of(
            "application",
            "application_fee_percent",
            "billing_cycle_anchor_config",
            "billing_thresholds",
            "cancel_at",
            "canceled_at",
            "customer_account",
            "days_until_due",
            "default_payment_method",
            "default_source",
            "ended_at",
            "latest_invoice",
            "next_pending_invoice_item_invoice",
            "on_behalf_of",
            "pause_collection",
            "pending_invoice_item_interval",
            "pending_setup_intent",
            "pending_update",
            "schedule",
            "test_clock",
            "transfer_data");

    private final Simulation simulation;

    SubscriptionTerms(Simulation simulation) {
        this.simulation = simulation;
    }

    /** A subscription to these items as the form wants it, from now on; nothing is stored yet. */
    ObjectNode describe(Form form, List<ObjectNode> items) {
        long now = simulation.clock().epochSecond();
        ObjectNode subscription = blank(items, now);
        subscription.put("description", form.text("description").orElse(null));
        subscription.set("metadata", Metadata.of(form));
        OptionalLong trialEnd = trialEnd(form, now);
        long anchor = trialEnd.isPresent()
                ? trialEnd.getAsLong()
                : form.integer("billing_cycle_anchor").orElse(now);
        subscription.put("billing_cycle_anchor", anchor);
        trialEnd.ifPresentOrElse(
                end -> subscription.put("trial_start", now).put("trial_end", end),
                () -> subscription.putNull("trial_start").putNull("trial_end"));
        long end = anchor > now ? anchor : SubscriptionItems.cycle(items).after(anchor, now);
        SubscriptionItems.period(items, new Period(now, end));
        SubscriptionItems.put(subscription, items);
        readSettings(form, subscription);
        return subscription;
    }

    static OptionalLong trialEnd(Form form, long now) {
        OptionalLong days = form.integer("trial_period_days");
        Optional<String> end = form.text("trial_end").filter(text -> !text.equals("now"));
        if (days.isPresent() && end.isPresent()) {
            throw ApiException.badParameter(
                    form.nameOf("trial_end"),
                    "parameter_invalid",
                    "You may only specify one of: trial_end, trial_period_days.");
        }
        if (days.isPresent()) {
            long number = days.getAsLong();
            if (number < 0 || number > TRIAL_DAYS_MAX) {
                throw ApiException.badParameter(
                        form.nameOf("trial_period_days"), "parameter_invalid_integer", "Trials last up to 730 days.");
            }
            return number == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(now + Duration.ofDays(number).toSeconds());
        }
        if (end.isEmpty()) {
            return OptionalLong.empty();
        }
        long moment = form.requiredInteger("trial_end");
        if (moment <= now || moment > now + Duration.ofDays(TRIAL_DAYS_MAX).toSeconds()) {
            throw ApiException.badParameter(
                    form.nameOf("trial_end"),
                    "parameter_invalid",
                    "Invalid timestamp: must be an integer Unix timestamp in the future, within two years.");
        }
        return OptionalLong.of(moment);
    }

    private static void readSettings(Form form, ObjectNode subscription) {
        form.object("trial_settings")
                .flatMap(settings -> settings.object("end_behavior"))
                .map(behavior -> behavior.requiredText("missing_payment_method"))
                .ifPresent(behavior -> subscription
                        .withObject("/trial_settings/end_behavior")
                        .put("missing_payment_method", behavior));
        form.object("billing_mode").ifPresent(mode -> {
            mode.text("type");
            mode.object("flexible").ifPresent(flexible -> flexible.text("proration_discounts"));
        });
        readPaymentSettings(form, subscription);
        form.object("invoice_settings").ifPresent(settings -> settings.object("issuer"));
        form.text("proration_behavior");
    }

    static void readPaymentSettings(Form form, ObjectNode subscription) {
        form.object("payment_settings").ifPresent(settings -> {
            settings.text("save_default_payment_method")
                    .ifPresent(where ->
                            subscription.withObject("/payment_settings").put("save_default_payment_method", where));
            settings.textList("payment_method_types");
        });
    }

    private ObjectNode blank(List<ObjectNode> items, long now) {
        ObjectNode subscription = simulation
                .create(Subscriptions.KIND, Ids.next("sub_1"))
                .put("start_date", now)
                .put("status", "incomplete")
                .put("cancel_at_period_end", false)
                .put("collection_method", "charge_automatically")
                .put("currency", items.getFirst().at("/price/currency").stringValue());
        UNUSED.forEach(subscription::putNull);
        List.of("default_tax_rates", "discounts").forEach(subscription::putArray);
        subscription
                .putObject("automatic_tax")
                .put("enabled", false)
                .putNull("liability")
                .putNull("disabled_reason");
        subscription
                .putObject("billing_mode")
                .put("type", "flexible")
                .putObject("flexible")
                .put("proration_discounts", "included");
        subscription
                .putObject("cancellation_details")
                .putNull("comment")
                .putNull("feedback")
                .putNull("reason");
        subscription
                .putObject("invoice_settings")
                .putNull("account_tax_ids")
                .putObject("issuer")
                .put("type", "self");
        subscription
                .putObject("payment_settings")
                .putNull("payment_method_options")
                .putNull("payment_method_types")
                .put("save_default_payment_method", "off");
        subscription
                .putObject("trial_settings")
                .putObject("end_behavior")
                .put("missing_payment_method", "create_invoice");
        return subscription;
    }
}
