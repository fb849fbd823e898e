package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What time does to subscriptions. Each is looked at when something may be due, and then does whatever is. */
final class Renewals {
    private static final Duration TRIAL_NOTICE = Duration.ofDays(3);
    private static final Duration FIRST_PAYMENT = Duration.ofHours(23);
    private static final Set<String> RUNNING = Set.of("trialing", "active", "past_due", "unpaid");

    private final Simulation simulation;
    private final InvoiceLines lines;
    private final SubscriptionBook book;
    private final Invoices invoices;
    private final InvoiceCharges charges;
    private final SubscriptionEnds ends;
    private final PendingChanges pending;
    private final Notes<Long> looks = new Notes<>();
    private final Notes<Long> trialsToldOf = new Notes<>();
    private final List<Consumer<ObjectNode>> beforeRenewal = new ArrayList<>();

    Renewals(
            Simulation simulation,
            InvoiceLines lines,
            SubscriptionBook book,
            Invoices invoices,
            InvoiceCharges charges,
            SubscriptionEnds ends,
            PendingChanges pending) {
        this.simulation = simulation;
        this.lines = lines;
        this.book = book;
        this.invoices = invoices;
        this.charges = charges;
        this.ends = ends;
        this.pending = pending;
    }

    /** Hears of each period that has ended before the next one is billed, and may change what is billed. */
    void beforeRenewal(Consumer<ObjectNode> listener) {
        beforeRenewal.add(listener);
    }

    /** Sees to it that a subscription is looked at when something is due next; call it after every change. */
    void schedule(ObjectNode subscription) {
        String id = subscription.path("id").stringValue();
        long next = dueNext(subscription);
        if (next == Long.MAX_VALUE || looks.find(id).filter(at -> at == next).isPresent()) {
            return;
        }
        looks.put(id, next);
        simulation.timeline().at(Instant.ofEpochSecond(next), () -> {
            if (looks.find(id).filter(at -> at == next).isPresent()) {
                looks.remove(id);
                doDue(subscription);
                schedule(subscription);
            }
        });
    }

    private long dueNext(ObjectNode subscription) {
        LongStream.Builder moments = LongStream.builder();
        switch (subscription.path("status").stringValue()) {
            case "incomplete" -> moments.add(subscription.path("created").longValue() + FIRST_PAYMENT.toSeconds());
            case "trialing", "active", "past_due", "unpaid" -> {
                moments.add(SubscriptionItems.period(subscription).end());
                if (mustTellOfTrial(subscription)) {
                    moments.add(noticeOfTrial(subscription));
                }
                Stream.of("/cancel_at", "/pause_collection/resumes_at", "/pending_update/expires_at")
                        .map(subscription::at)
                        .filter(JsonNode::isNumber)
                        .forEach(moment -> moments.add(moment.longValue()));
            }
            default -> {}
        }
        return moments.build().min().orElse(Long.MAX_VALUE);
    }

    private boolean mustTellOfTrial(ObjectNode subscription) {
        return subscription.path("status").stringValue().equals("trialing")
                && trialsToldOf
                        .find(subscription.path("id").stringValue())
                        .filter(told -> told == subscription.path("trial_end").longValue())
                        .isEmpty();
    }

    private long noticeOfTrial(ObjectNode subscription) {
        return Math.max(
                subscription.path("trial_end").longValue() - TRIAL_NOTICE.toSeconds(),
                subscription.path("created").longValue());
    }

    private void doDue(ObjectNode subscription) {
        long now = simulation.clock().epochSecond();
        if (subscription.path("status").stringValue().equals("incomplete")) {
            if (now >= subscription.path("created").longValue() + FIRST_PAYMENT.toSeconds()) {
                ends.expire(subscription);
            }
            return;
        }
        if (isDue(subscription.at("/pending_update/expires_at"), now)) {
            pending.drop(subscription);
        }
        if (isDue(subscription.at("/pause_collection/resumes_at"), now)) {
            ObjectNode before = subscription.deepCopy();
            subscription.putNull("pause_collection");
            simulation.events().emit("customer.subscription.updated", subscription, before);
        }
        if (isRunning(subscription) && mustTellOfTrial(subscription) && now >= noticeOfTrial(subscription)) {
            trialsToldOf.put(
                    subscription.path("id").stringValue(),
                    subscription.path("trial_end").longValue());
            simulation.events().emit("customer.subscription.trial_will_end", subscription);
        }
        if (isRunning(subscription) && isDue(subscription.path("cancel_at"), now)) {
            ends.end(subscription, "cancellation_requested");
        }
        if (isRunning(subscription)
                && now >= SubscriptionItems.period(subscription).end()) {
            endPeriod(subscription);
        }
    }

    private static boolean isDue(JsonNode moment, long now) {
        return moment.isNumber() && moment.longValue() <= now;
    }

    static boolean isRunning(ObjectNode subscription) {
        return RUNNING.contains(subscription.path("status").stringValue());
    }

    private void endPeriod(ObjectNode subscription) {
        beforeRenewal.forEach(listener -> listener.accept(subscription));
        if (!isRunning(subscription)) {
            return;
        }
        if (subscription.path("status").stringValue().equals("trialing") && !hasMethod(subscription)) {
            String behavior = subscription
                    .at("/trial_settings/end_behavior/missing_payment_method")
                    .stringValue();
            switch (behavior) {
                case "cancel" -> ends.end(subscription, "payment_failed");
                case "pause" -> pause(subscription);
                default -> renew(subscription);
            }
        } else {
            renew(subscription);
        }
    }

    private boolean hasMethod(ObjectNode subscription) {
        return charges.defaultMethod(
                        subscription.path("default_payment_method"),
                        simulation.require(
                                Customers.KIND, subscription.path("customer").stringValue(), "customer"))
                .isPresent();
    }

    private void pause(ObjectNode subscription) {
        ObjectNode before = subscription.deepCopy();
        subscription.put("status", "paused");
        simulation.events().emit("customer.subscription.paused", subscription);
        simulation.events().emit("customer.subscription.updated", subscription, before);
    }

    private void renew(ObjectNode subscription) {
        ObjectNode before = subscription.deepCopy();
        Period ended = SubscriptionItems.period(subscription);
        advance(subscription);
        ObjectNode invoice = book.draft(renewal(subscription, ended, book.takeWaiting(subscription)));
        book.count(subscription, invoice);
        simulation.events().emit("customer.subscription.updated", subscription, before);
        invoices.announce(invoice);
        if (subscription.path("status").stringValue().equals("unpaid")) {
            invoices.leave(invoice);
        } else {
            switch (subscription.at("/pause_collection/behavior").asString("")) {
                case "void" -> invoices.annul(invoice);
                case "keep_as_draft" -> invoices.leave(invoice);
                case "mark_uncollectible" -> invoices.writeOff(invoice);
                default -> charges.collectLater(invoice);
            }
        }
    }

    /** Moves a subscription on to its next period; a trial is then over. */
    static void advance(ObjectNode subscription) {
        List<ObjectNode> items = SubscriptionItems.of(subscription);
        long start = SubscriptionItems.period(subscription).end();
        long end = SubscriptionItems.cycle(items)
                .after(subscription.path("billing_cycle_anchor").longValue(), start);
        SubscriptionItems.period(items, new Period(start, end));
        if (subscription.path("status").stringValue().equals("trialing")) {
            subscription.put("status", "active");
        }
    }

    /** What is billed for the period that has just begun. */
    Bill renewal(ObjectNode subscription, Period ended, List<ObjectNode> waiting) {
        List<ObjectNode> due = lines.recurring(
                subscription, SubscriptionItems.of(subscription), SubscriptionItems.period(subscription));
        return new Bill(
                subscription,
                "subscription_cycle",
                Stream.concat(waiting.stream(), due.stream()).toList(),
                ended);
    }
}
