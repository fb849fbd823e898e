package io.tollgate.sandbox.stripe;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/subscriptions}: beginning, reading and listing them. */
final class Subscriptions {
    static final String KIND = "subscription";
    private static final List<String> BEHAVIORS =
            List.of("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete");

    private final Simulation simulation;
    private final Customers customers;
    private final PaymentMethods methods;
    private final SubscriptionItems items;
    private final SubscriptionTerms terms;
    private final RecurringDiscounts recurringDiscounts;
    private final Discounts discounts;
    private final SubscriptionStart start;
    private final InvoiceCharges charges;

    Subscriptions(
            Simulation simulation,
            Customers customers,
            PaymentMethods methods,
            SubscriptionItems items,
            SubscriptionTerms terms,
            RecurringDiscounts recurringDiscounts,
            Discounts discounts,
            SubscriptionStart start,
            InvoiceCharges charges) {
        this.simulation = simulation;
        this.customers = customers;
        this.methods = methods;
        this.items = items;
        this.terms = terms;
        this.recurringDiscounts = recurringDiscounts;
        this.discounts = discounts;
        this.start = start;
        this.charges = charges;
    }

    /** The subscription that an invoice is for. */
    static Optional<ObjectNode> of(Simulation simulation, ObjectNode invoice) {
        return simulation.store().find(KIND, idOf(invoice));
    }

    static String idOf(JsonNode invoice) {
        return invoice.at("/parent/subscription_details/subscription").asString("");
    }

    void register(Router router) {
        router.post("/v1/subscriptions", this::create)
                .get("/v1/subscriptions", this::list)
                .get("/v1/subscriptions/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                });
    }

    /** Canceled ones are shown only to who asks for them. */
    private ObjectNode list(ApiRequest request) {
        Optional<String> status = request.form().text("status");
        Optional<String> price = request.form().text("price");
        return Listing.page(
                simulation,
                request,
                KIND,
                it -> isWanted(it.path("status").stringValue(), status.orElse(""))
                        && (price.isEmpty()
                                || SubscriptionItems.of(it).stream()
                                        .anyMatch(item -> item.at("/price/id")
                                                .asString("")
                                                .equals(price.get()))),
                "customer",
                "collection_method");
    }

    private static boolean isWanted(String is, String wanted) {
        return switch (wanted) {
            case "all" -> true;
            case "" -> !is.equals("canceled");
            case "ended" -> is.equals("canceled") || is.equals("incomplete_expired");
            default -> is.equals(wanted);
        };
    }

    private ObjectNode create(ApiRequest request) {
        Form form = request.form();
        ObjectNode customer = customers.living(form.requiredText("customer"));
        ObjectNode subscription = terms.describe(form, items.read(form));
        subscription.put("customer", customer.path("id").stringValue());
        form.text("default_payment_method")
                .ifPresent(id -> subscription.put(
                        "default_payment_method",
                        methods.require(id, customer.path("id").stringValue())
                                .path("id")
                                .stringValue()));
        Optional<Discounts.Taken> taken = discounts.read(form);
        String behavior = behavior(form);
        form.object("automatic_tax")
                .flatMap(tax -> tax.flag("enabled"))
                .ifPresent(enabled -> subscription.withObject("/automatic_tax").put("enabled", enabled));
        boolean ends = form.flag("cancel_at_period_end").orElse(false);
        Optional<Long> cancelAt = form.text("cancel_at").map(_ -> form.requiredInteger("cancel_at"));
        form.text("off_session");
        form.text("currency");
        form.text("collection_method");
        form.rejectUnread();

        taken.ifPresent(it -> recurringDiscounts.grant(subscription, it));
        if (ends) {
            subscription
                    .put("cancel_at_period_end", true)
                    .put("cancel_at", SubscriptionItems.period(subscription).end());
        }
        cancelAt.ifPresent(moment -> subscription.put("cancel_at", moment));
        return begin(subscription, customer, behavior);
    }

    static String behavior(Form form) {
        String behavior = form.text("payment_behavior").orElse("allow_incomplete");
        if (!BEHAVIORS.contains(behavior)) {
            throw ApiException.badParameter(
                    "payment_behavior", "parameter_invalid", "Invalid payment_behavior: must be one of " + BEHAVIORS);
        }
        return behavior;
    }

    private ObjectNode begin(ObjectNode subscription, ObjectNode customer, String behavior) {
        Optional<ObjectNode> method = charges.defaultMethod(subscription.path("default_payment_method"), customer);
        boolean pays = subscription.path("trial_end").isNull() && !behavior.equals("default_incomplete");
        if (pays && method.isEmpty() && costs(subscription)) {
            throw ApiException.badRequest(
                            "This customer has no attached payment source or default payment method. Please consider"
                                    + " adding a default payment method.")
                    .with("code", "resource_missing");
        }
        if (pays && behavior.equals("error_if_incomplete")) {
            method.flatMap(charges::refusal).ifPresent(refusal -> {
                throw ApiException.declined(refusal);
            });
        }
        ObjectNode invoice = start.begin(subscription);
        if (Invoices.is(invoice, "open") && pays) {
            charges.collect(invoice);
        }
        return subscription;
    }

    private static boolean costs(ObjectNode subscription) {
        return SubscriptionItems.of(subscription).stream().anyMatch(item -> SubscriptionItems.amount(item) > 0);
    }
}
