package io.tollgate.sandbox.stripe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Coupons on subscriptions: for one invoice that costs something, for some months, or for good. */
final class RecurringDiscounts {
    static final String KIND = "discount";

    private final Simulation simulation;

    RecurringDiscounts(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Gives a subscription a coupon. */
    void grant(ObjectNode subscription, Discounts.Taken taken) {
        ObjectNode coupon = taken.coupon();
        long now = simulation.clock().epochSecond();
        ObjectNode discount = simulation.create(KIND, Ids.next("di_1"));
        List.of("created", "livemode").forEach(discount::remove);
        discount.put("start", now)
                .put("end", end(coupon, now).orElse(null))
                .put("customer", subscription.path("customer").stringValue())
                .put("subscription", subscription.path("id").stringValue())
                .put("promotion_code", taken.promotionCode().isEmpty() ? null : taken.promotionCode());
        List.of("checkout_session", "customer_account", "invoice", "invoice_item")
                .forEach(discount::putNull);
        discount.putNull("subscription_item")
                .putObject("source")
                .put("type", "coupon")
                .put("coupon", coupon.path("id").stringValue());
        simulation.store().add(discount);
        subscription.withArray("/discounts").add(discount.path("id").stringValue());
    }

    private static Optional<Long> end(ObjectNode coupon, long now) {
        return coupon.path("duration").stringValue().equals("repeating")
                ? Optional.of(Instant.ofEpochSecond(now)
                        .atZone(ZoneOffset.UTC)
                        .plusMonths(coupon.path("duration_in_months").longValue())
                        .toEpochSecond())
                : Optional.empty();
    }

    /** What the subscription's coupons take off an amount now. */
    long off(ObjectNode subscription, long amount) {
        long left = amount;
        for (ObjectNode discount : current(subscription)) {
            left -= Discounts.off(couponOf(discount), left);
        }
        return amount - left;
    }

    /** Writes onto a line what the coupons take off. */
    void apply(ObjectNode subscription, ObjectNode line) {
        long left = line.path("amount").longValue();
        if (left <= 0) {
            return;
        }
        ArrayNode amounts = line.putArray("discount_amounts");
        for (ObjectNode discount : current(subscription)) {
            long off = Discounts.off(couponOf(discount), left);
            left -= off;
            amounts.addObject()
                    .put("amount", off)
                    .put("discount", discount.path("id").stringValue());
        }
    }

    /** A coupon for one time is spent on the first invoice that it made cheaper. */
    void spend(ObjectNode subscription, ObjectNode invoice) {
        ArrayNode left = subscription.arrayNode();
        for (ObjectNode discount : all(subscription)) {
            String id = discount.path("id").stringValue();
            boolean used = invoice.path("total_discount_amounts").values().stream()
                    .anyMatch(amount -> amount.path("discount").stringValue().equals(id)
                            && amount.path("amount").longValue() > 0);
            boolean once = couponOf(discount).path("duration").stringValue().equals("once");
            if (!(once && used)) {
                left.add(id);
            }
        }
        subscription.set("discounts", left);
    }

    private List<ObjectNode> current(ObjectNode subscription) {
        long now = simulation.clock().epochSecond();
        return all(subscription).stream()
                .filter(discount ->
                        discount.path("end").isNull() || discount.path("end").longValue() > now)
                .toList();
    }

    private List<ObjectNode> all(ObjectNode subscription) {
        return subscription.path("discounts").values().stream()
                .flatMap(id -> simulation.store().find(KIND, id.stringValue()).stream())
                .toList();
    }

    private ObjectNode couponOf(ObjectNode discount) {
        return simulation.require(
                Discounts.COUPON, discount.at("/source/coupon").stringValue(), "coupon");
    }
}
