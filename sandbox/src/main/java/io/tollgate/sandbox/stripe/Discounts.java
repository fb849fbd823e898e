package io.tollgate.sandbox.stripe;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/coupons} and {@code /v1/promotion_codes}, and which coupon a checkout session has. */
final class Discounts {
    static final String COUPON = "coupon";
    static final String CODE = "promotion_code";

    private final Simulation simulation;
    private final Notes<Taken> takenBySession = new Notes<>();

    /** A coupon, and the id of the promotion code by which it came; empty without one. */
    record Taken(ObjectNode coupon, String promotionCode) {
        /** How a session shows its discount. */
        ObjectNode shown() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("coupon", promotionCode.isEmpty() ? coupon.path("id").stringValue() : null)
                    .put("promotion_code", promotionCode.isEmpty() ? null : promotionCode);
        }
    }

    Discounts(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router) {
        router.post("/v1/coupons", this::createCoupon)
                .get("/v1/coupons", request -> Listing.page(simulation, request, COUPON))
                .get("/v1/coupons/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(COUPON, request.id(), "id");
                })
                .post("/v1/promotion_codes", this::createCode)
                .get("/v1/promotion_codes", request -> Listing.page(simulation, request, CODE, "code"))
                .get("/v1/promotion_codes/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(CODE, request.id(), "id");
                });
    }

    private ObjectNode createCoupon(ApiRequest request) {
        Form form = request.form();
        Optional<BigDecimal> percent = form.text("percent_off").map(BigDecimal::new);
        long amount = form.integer("amount_off").orElse(0);
        ObjectNode coupon = simulation
                .create(COUPON, form.text("id").orElseGet(() -> Ids.next("", 8)))
                .put("percent_off", percent.orElse(null))
                .put("amount_off", amount == 0 ? null : Long.valueOf(amount))
                .put("currency", amount == 0 ? null : Prices.currency(form))
                .put("duration", form.text("duration").orElse("once"))
                .put("name", form.text("name").orElse(null))
                .put("times_redeemed", 0)
                .put("valid", true);
        OptionalLong months = form.integer("duration_in_months");
        coupon.put("duration_in_months", months.isPresent() ? Long.valueOf(months.getAsLong()) : null);
        List.of("max_redemptions", "redeem_by").forEach(coupon::putNull);
        coupon.set("metadata", Metadata.of(form));
        form.rejectUnread();
        if (coupon.path("duration").stringValue().equals("repeating") != months.isPresent()) {
            throw ApiException.badParameter(
                    "duration_in_months", "parameter_invalid", "Repeating coupons, and only these, say for how long.");
        }
        if (percent.isPresent() == (amount != 0)) {
            throw ApiException.badRequest("A coupon has either percent_off or amount_off.");
        }
        simulation.store().add(coupon);
        simulation.events().emit("coupon.created", coupon);
        return coupon;
    }

    private ObjectNode createCode(ApiRequest request) {
        Form form = request.form();
        Form promotion = form.object("promotion").orElseThrow(() -> ApiException.missingParameter("promotion"));
        promotion.requiredText("type");
        String coupon = promotion.requiredText("coupon");
        String code = form.text("code").orElseGet(() -> Ids.next("", 8)).toUpperCase(Locale.ROOT);
        ObjectNode metadata = Metadata.of(form);
        form.rejectUnread();
        simulation.require(COUPON, coupon, "promotion[coupon]");
        ObjectNode promotionCode = simulation
                .create(CODE, Ids.next("promo_1"))
                .put("active", true)
                .put("code", code)
                .put("times_redeemed", 0);
        List.of("customer", "expires_at", "max_redemptions").forEach(promotionCode::putNull);
        promotionCode.set("metadata", metadata);
        promotionCode
                .putObject("restrictions")
                .put("first_time_transaction", false)
                .putNull("minimum_amount")
                .putNull("minimum_amount_currency");
        promotionCode.putObject("promotion").put("type", "coupon").put("coupon", coupon);
        simulation.store().add(promotionCode);
        simulation.events().emit("promotion_code.created", promotionCode);
        return promotionCode;
    }

    /** Reads {@code discounts[]} of a session: one coupon, or one code for it. */
    Optional<Taken> read(Form form) {
        List<Form> given = form.objects("discounts");
        if (given.size() > 1) {
            throw ApiException.badParameter("discounts", "parameter_invalid", "At most one discount is allowed.");
        }
        return given.stream()
                .findFirst()
                .map(one -> one.text("coupon")
                        .map(id -> new Taken(simulation.require(COUPON, id, one.nameOf("coupon")), ""))
                        .orElseGet(() -> behind(simulation.require(
                                CODE, one.requiredText("promotion_code"), one.nameOf("promotion_code")))));
    }

    /** Finds what is behind a code that a buyer typed. */
    Taken named(String code) {
        return simulation.store().newestFirst(CODE).stream()
                .filter(it -> it.path("code").stringValue().equals(code.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(this::behind)
                .orElseThrow(
                        () -> ApiException.badParameter("promotion_code", "resource_missing", "This code is invalid."));
    }

    private Taken behind(ObjectNode code) {
        ObjectNode coupon =
                simulation.require(COUPON, code.at("/promotion/coupon").stringValue(), "coupon");
        return new Taken(coupon, code.path("id").stringValue());
    }

    void put(String session, Taken taken) {
        takenBySession.put(session, taken);
    }

    /** What a checkout session has taken, if anything. */
    Optional<Taken> of(String session) {
        return takenBySession.find(session);
    }

    /** What a coupon takes off an amount; never more than all of it. */
    static long off(ObjectNode coupon, long amount) {
        if (coupon.path("percent_off").isNull()) {
            return Math.min(amount, coupon.path("amount_off").longValue());
        }
        return Rounding.percent(amount, coupon.path("percent_off").decimalValue());
    }
}
