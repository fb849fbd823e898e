package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/prices}: what one unit of a product costs. */
final class Prices {
    static final String KIND = "price";
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");
    private static final long AMOUNT_MAX = 99_999_999;
    /** Stripe bills at least once in three years. */
    private static final long INTERVALS_MAX = 1_095;

    private final Simulation simulation;
    private final Products products;

    Prices(Simulation simulation, Products products) {
        this.simulation = simulation;
        this.products = products;
    }

    void register(Router router) {
        router.post("/v1/prices", this::create)
                .get("/v1/prices", this::list)
                .get("/v1/prices/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                })
                .post("/v1/prices/{id}", this::update);
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        ObjectNode price = describe(form);
        price.put("active", form.flag("active").orElse(true))
                .put("nickname", form.text("nickname").orElse(null))
                .put("lookup_key", form.text("lookup_key").orElse(null));
        form.rejectUnread();
        keep(price);
        simulation.events().emit("price.created", price);
        return price;
    }

    private ObjectNode list(ApiRequest request) {
        List<String> keys = request.form().textList("lookup_keys");
        return Listing.page(
                simulation,
                request,
                KIND,
                price ->
                        keys.isEmpty() || keys.contains(price.path("lookup_key").asString("")),
                "active",
                "currency",
                "product",
                "type");
    }

    /** Reads a price, or the {@code price_data} of a line; nothing is stored before {@link #keep}. */
    ObjectNode describe(Form form) {
        long unitAmount = amount(form, "unit_amount");
        ObjectNode price = simulation
                .create(KIND, Ids.next("price_1"))
                .put("active", false)
                .put("billing_scheme", "per_unit")
                .put("currency", currency(form))
                .put("tax_behavior", form.text("tax_behavior").orElse("unspecified"))
                .put("unit_amount", unitAmount)
                .put("unit_amount_decimal", Long.toString(unitAmount));
        List.of("custom_unit_amount", "lookup_key", "nickname", "tiers_mode", "transform_quantity")
                .forEach(price::putNull);
        price.set("metadata", Metadata.of(form));
        price.set("recurring", recurring(form).orElse(null));
        price.put("type", price.path("recurring").isNull() ? "one_time" : "recurring");
        price.set("product", productOf(form));
        return price;
    }

    private JsonNode productOf(Form form) {
        Optional<Form> data = form.object("product_data");
        if (data.isPresent()) {
            return products.describe(data.get());
        }
        String id = form.requiredText("product");
        return simulation.require(Products.KIND, id, form.nameOf("product")).path("id");
    }

    private Optional<ObjectNode> recurring(Form form) {
        return form.object("recurring").map(recurring -> {
            ObjectNode terms = JsonNodeFactory.instance.objectNode();
            return terms.put("interval", interval(recurring))
                    .put("interval_count", intervalCount(recurring))
                    .putNull("meter")
                    .putNull("trial_period_days")
                    .put("usage_type", recurring.text("usage_type").orElse("licensed"));
        });
    }

    private static String interval(Form recurring) {
        String interval = recurring.requiredText("interval");
        if (!Cycle.isInterval(interval)) {
            throw ApiException.badParameter(
                    recurring.nameOf("interval"),
                    "parameter_invalid",
                    "Invalid recurring[interval]: must be one of day, week, month, or year");
        }
        return interval;
    }

    private static long intervalCount(Form recurring) {
        long count = recurring.integer("interval_count").orElse(1);
        if (count < 1 || count > INTERVALS_MAX) {
            throw ApiException.badParameter(
                    recurring.nameOf("interval_count"),
                    "parameter_invalid_integer",
                    "The interval count must be between 1 and " + INTERVALS_MAX + ".");
        }
        return count;
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode price = simulation.require(KIND, request.id(), "price");
        Form form = request.form();
        ObjectNode before = price.deepCopy();
        ObjectNode metadata = Metadata.merged((ObjectNode) price.path("metadata"), form);
        Optional<Boolean> active = form.flag("active");
        Optional<String> nickname = form.text("nickname");
        Optional<String> lookupKey = form.text("lookup_key");
        form.rejectUnread();
        price.set("metadata", metadata);
        active.ifPresent(is -> price.put("active", is));
        nickname.ifPresent(text -> price.put("nickname", text));
        lookupKey.ifPresent(text -> price.put("lookup_key", text));
        simulation.events().emit("price.updated", price, before);
        return price;
    }

    /** Stores a described price, and its product where the price brought one along. */
    void keep(ObjectNode price) {
        if (price.path("product") instanceof ObjectNode product) {
            simulation.store().add(product);
            price.set("product", product.path("id"));
        }
        simulation.store().add(price);
    }

    static String currency(Form form) {
        String currency = form.requiredText("currency").toLowerCase(Locale.ROOT);
        if (!CURRENCY.matcher(currency).matches()) {
            throw ApiException.badParameter(
                    form.nameOf("currency"), "parameter_invalid", "Invalid currency: " + currency);
        }
        return currency;
    }

    static long amount(Form form, String name) {
        long amount = form.requiredInteger(name);
        if (amount < 0) {
            throw ApiException.badParameter(
                    form.nameOf(name), "parameter_invalid_integer", "This value must be greater than or equal to 0.");
        }
        if (amount > AMOUNT_MAX) {
            throw ApiException.badParameter(
                    form.nameOf(name), "amount_too_large", "Amount must be no more than 99999999.");
        }
        return amount;
    }
}
