package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Works out what a change of plan costs: back goes the unused part of what was really debited, and the rest of the
 * period is charged at the new price, each rounded for itself. A new interval begins a new period, paid in full.
 */
final class Proration {
    private final Simulation simulation;
    private final InvoiceLines lines;
    private final SubscriptionBook book;
    private final RecurringDiscounts discounts;

    Proration(Simulation simulation, InvoiceLines lines, SubscriptionBook book, RecurringDiscounts discounts) {
        this.simulation = simulation;
        this.lines = lines;
        this.book = book;
        this.discounts = discounts;
    }

    Proposal propose(ObjectNode subscription, PlanChange change) {
        long now = simulation.clock().epochSecond();
        ObjectNode after = subscription.deepCopy();
        List<ObjectNode> items =
                change.items().stream().map(ObjectNode::deepCopy).toList();
        boolean trialing = isTrialing(subscription);
        if (change.trialEnd().isPresent() && change.trialEnd().getAsLong() > now) {
            after.put("status", "trialing").put("trial_end", change.trialEnd().getAsLong());
            if (!trialing) {
                after.put("trial_start", now);
            }
            return restart(
                    subscription,
                    change,
                    after,
                    items,
                    new Period(now, change.trialEnd().getAsLong()));
        }
        if (change.trialEnd().isPresent() && trialing) {
            after.put("status", "active").put("trial_end", now);
        }
        if (resets(subscription, change, items)) {
            after.put("billing_cycle_anchor", now);
            Period next = new Period(now, SubscriptionItems.cycle(items).after(now, now));
            return restart(subscription, change, after, items, next);
        }
        SubscriptionItems.period(items, SubscriptionItems.period(subscription));
        SubscriptionItems.put(after, items);
        List<ObjectNode> prorations = trialing || change.prorations() == PlanChange.Prorations.NONE
                ? List.of()
                : prorations(subscription, change, items);
        return new Proposal(
                after,
                prorations,
                change.prorations() == PlanChange.Prorations.ALWAYS_INVOICE
                        ? Proposal.Billed.NOW
                        : Proposal.Billed.WITH_THE_NEXT_PERIOD);
    }

    private static boolean isTrialing(ObjectNode subscription) {
        return subscription.path("status").stringValue().equals("trialing");
    }

    /** Another interval, and going from free to paid, begin a new period; a trial runs on. */
    private static boolean resets(ObjectNode subscription, PlanChange change, List<ObjectNode> items) {
        if (change.anchor() == PlanChange.Anchor.NOW || change.trialEnd().isPresent()) {
            return true;
        }
        List<ObjectNode> old = SubscriptionItems.of(subscription);
        boolean paidNow = total(old) == 0 && total(items) > 0;
        return !isTrialing(subscription)
                && (paidNow || !SubscriptionItems.cycle(old).equals(SubscriptionItems.cycle(items)));
    }

    private static long total(List<ObjectNode> items) {
        return items.stream().mapToLong(SubscriptionItems::amount).sum();
    }

    private Proposal restart(
            ObjectNode subscription, PlanChange change, ObjectNode after, List<ObjectNode> items, Period next) {
        SubscriptionItems.period(items, next);
        SubscriptionItems.put(after, items);
        if (isTrialing(after)) {
            after.put("billing_cycle_anchor", next.end());
        }
        List<ObjectNode> credits = change.prorations() == PlanChange.Prorations.NONE
                ? List.of()
                : credits(subscription, change.prorationDate());
        List<ObjectNode> charges = lines.recurring(after, items, next);
        return new Proposal(
                after, Stream.concat(credits.stream(), charges.stream()).toList(), Proposal.Billed.NOW);
    }

    /** What goes back of every item. */
    List<ObjectNode> credits(ObjectNode subscription, long moment) {
        return SubscriptionItems.of(subscription).stream()
                .flatMap(item -> credit(subscription, item, moment).stream())
                .toList();
    }

    private Optional<ObjectNode> credit(ObjectNode subscription, ObjectNode item, long moment) {
        Period left = SubscriptionItems.period(subscription).from(moment);
        return book.debit(item)
                .map(debit -> debit.unusedFrom(moment))
                .filter(unused -> unused > 0)
                .map(unused -> lines.unused(subscription, item, unused, left));
    }

    private List<ObjectNode> prorations(ObjectNode subscription, PlanChange change, List<ObjectNode> items) {
        Map<String, ObjectNode> before = new LinkedHashMap<>();
        SubscriptionItems.of(subscription)
                .forEach(item -> before.put(item.path("id").stringValue(), item));
        List<ObjectNode> prorations = new ArrayList<>();
        for (ObjectNode item : items) {
            Optional<ObjectNode> old =
                    Optional.ofNullable(before.remove(item.path("id").stringValue()));
            if (old.isPresent() && isSame(old.get(), item)) {
                continue;
            }
            old.flatMap(it -> credit(subscription, it, change.prorationDate())).ifPresent(prorations::add);
            charge(subscription, item, change.prorationDate()).ifPresent(prorations::add);
        }
        before.values()
                .forEach(gone ->
                        credit(subscription, gone, change.prorationDate()).ifPresent(prorations::add));
        return prorations;
    }

    private static boolean isSame(ObjectNode old, ObjectNode item) {
        return old.at("/price/id").equals(item.at("/price/id"))
                && old.path("quantity").longValue() == item.path("quantity").longValue();
    }

    private Optional<ObjectNode> charge(ObjectNode subscription, ObjectNode item, long moment) {
        Period left = SubscriptionItems.period(subscription).from(moment);
        Period whole = Cycle.of(item.path("price"))
                .around(subscription.path("billing_cycle_anchor").longValue(), moment);
        long amount = SubscriptionItems.amount(item);
        long net = amount - discounts.off(subscription, amount);
        long share = Rounding.share(net, left.length(), whole.length());
        return share == 0 ? Optional.empty() : Optional.of(lines.remaining(subscription, item, share, left));
    }
}
