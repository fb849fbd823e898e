package io.tollgate.sandbox.stripe;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a checkout session comes to: its lines, less the discount, plus tax where the session asks for it. */
final class SessionTotals {
    private volatile BigDecimal taxPercent = BigDecimal.TEN;
    private final Discounts discounts;

    SessionTotals(Discounts discounts) {
        this.discounts = discounts;
    }

    /** What automatic tax adds from now on; the simulated world has one rate. */
    void taxPercent(BigDecimal percent) {
        taxPercent = percent;
    }

    BigDecimal taxPercent() {
        return taxPercent;
    }

    /** Reads what a session says about tax and discounts. */
    void read(Form form, ObjectNode session) {
        boolean tax = form.object("automatic_tax")
                .flatMap(automatic -> automatic.flag("enabled"))
                .orElse(false);
        boolean codes = form.flag("allow_promotion_codes").orElse(false);
        Optional<Discounts.Taken> taken = discounts.read(form);
        if (codes && taken.isPresent()) {
            throw ApiException.badParameter(
                    "discounts", "parameter_invalid", "You may only specify one of: allow_promotion_codes, discounts.");
        }
        form.object("customer_update")
                .ifPresent(update -> List.of("address", "name", "shipping").forEach(update::text));
        form.object("tax_id_collection").ifPresent(collection -> collection.flag("enabled"));
        session.putObject("automatic_tax").put("enabled", tax).put("status", tax ? "complete" : null);
        session.put("allow_promotion_codes", codes);
        taken.ifPresent(it -> discounts.put(session.path("id").stringValue(), it));
    }

    /** Writes the amounts of a session and of its lines. */
    void apply(ObjectNode session, ArrayNode lines) {
        String id = session.path("id").stringValue();
        long subtotal = sum(lines, "amount_subtotal");
        Optional<Discounts.Taken> taken = discounts.of(id);
        long off = taken.map(it -> Discounts.off(it.coupon(), subtotal)).orElse(0L);
        boolean taxed = session.at("/automatic_tax/enabled").asBoolean(false);
        long tax = taxed ? Rounding.percent(subtotal - off, taxPercent) : 0;
        spread(lines, "amount_discount", off, subtotal);
        spread(lines, "amount_tax", tax, subtotal);
        lines.forEach(line -> ((ObjectNode) line)
                .put(
                        "amount_total",
                        line.path("amount_subtotal").longValue()
                                - line.path("amount_discount").longValue()
                                + line.path("amount_tax").longValue()));
        long total = subtotal - off + tax;
        session.put("amount_subtotal", subtotal)
                .put("amount_total", total)
                .put("payment_status", total == 0 ? "no_payment_required" : "unpaid");
        session.putObject("total_details")
                .put("amount_discount", off)
                .put("amount_shipping", 0)
                .put("amount_tax", tax);
        ArrayNode shown = session.putArray("discounts");
        taken.map(Discounts.Taken::shown).ifPresent(shown::add);
    }

    /** Applies a code that the buyer typed. */
    void promote(ObjectNode session, ArrayNode lines, String code) {
        if (!session.path("allow_promotion_codes").asBoolean(false)
                || !session.path("status").stringValue().equals("open")) {
            throw ApiException.badRequest("This session takes no promotion codes.");
        }
        discounts.put(session.path("id").stringValue(), discounts.named(code));
        apply(session, lines);
    }

    private static long sum(ArrayNode lines, String field) {
        return lines.values().stream()
                .mapToLong(line -> line.path(field).longValue())
                .sum();
    }

    /** The last line takes what rounding leaves. */
    private static void spread(ArrayNode lines, String field, long amount, long subtotal) {
        long left = amount;
        for (int i = 0; i < lines.size(); i++) {
            ObjectNode line = (ObjectNode) lines.path(i);
            boolean last = i == lines.size() - 1;
            long share = last || subtotal == 0
                    ? left
                    : Math.multiplyExact(amount, line.path("amount_subtotal").longValue()) / subtotal;
            line.put(field, share);
            left -= share;
        }
    }
}
