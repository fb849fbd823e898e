package io.tollgate.sandbox.stripe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers}. */
final class Customers {
    static final String KIND = "customer";
    private static final List<String> TEXTS = List.of("name", "email", "phone", "description");
    private static final List<String> ADDRESS = List.of("city", "country", "line1", "line2", "postal_code", "state");

    private final Simulation simulation;
    private final PaymentMethods methods;
    private final List<Consumer<String>> deleted = new ArrayList<>();

    Customers(Simulation simulation, PaymentMethods methods) {
        this.simulation = simulation;
        this.methods = methods;
    }

    /** Hears of each customer that is about to go, by id. */
    void whenDeleted(Consumer<String> listener) {
        deleted.add(listener);
    }

    void register(Router router) {
        router.post("/v1/customers", this::create)
                .get("/v1/customers", request -> Listing.page(simulation, request, KIND, Customers::lives, "email"))
                .get("/v1/customers/{id}", this::retrieve)
                .post("/v1/customers/{id}", this::update)
                .delete("/v1/customers/{id}", this::delete);
    }

    private ObjectNode create(ApiRequest request) {
        ObjectNode customer = blank();
        apply(request.form(), customer);
        return add(customer);
    }

    /** Opens a customer for a guest whose session asked for one. */
    ObjectNode create(String name, String email) {
        return add(blank().put("name", name.isEmpty() ? null : name).put("email", email.isEmpty() ? null : email));
    }

    private ObjectNode add(ObjectNode customer) {
        simulation.store().add(customer);
        simulation.events().emit("customer.created", customer);
        return customer;
    }

    private ObjectNode blank() {
        ObjectNode customer = simulation
                .create(KIND, Ids.next("cus_", 14))
                .put("balance", 0)
                .put("delinquent", false)
                .put("invoice_prefix", Ids.next("", 8).toUpperCase(Locale.ROOT))
                .put("next_invoice_sequence", 1)
                .put("tax_exempt", "none");
        TEXTS.forEach(customer::putNull);
        List.of("address", "currency", "default_source", "discount", "shipping", "test_clock")
                .forEach(customer::putNull);
        customer.putObject("invoice_settings").putNull("default_payment_method").putNull("custom_fields");
        customer.putObject("metadata");
        customer.putArray("preferred_locales");
        return customer;
    }

    private ObjectNode retrieve(ApiRequest request) {
        request.form().rejectUnread();
        return simulation.require(KIND, request.id(), "id");
    }

    private ObjectNode update(ApiRequest request) {
        ObjectNode customer = living(request.id());
        ObjectNode changed = customer.deepCopy();
        apply(request.form(), changed);
        customer.setAll(changed);
        simulation.events().emit("customer.updated", customer);
        return customer;
    }

    private ObjectNode delete(ApiRequest request) {
        ObjectNode customer = living(request.id());
        deleted.forEach(listener -> listener.accept(request.id()));
        simulation.events().emit("customer.deleted", customer);
        customer.removeAll();
        return customer.put("id", request.id()).put("object", KIND).put("deleted", true);
    }

    /** Finds a customer that can still be used. */
    ObjectNode living(String id) {
        return simulation.require(KIND, id, "customer");
    }

    private static boolean lives(ObjectNode customer) {
        return !customer.path("deleted").asBoolean(false);
    }

    private void apply(Form form, ObjectNode customer) {
        for (String field : TEXTS) {
            form.text(field).ifPresent(value -> customer.put(field, value));
            if (form.unsets(field)) {
                customer.putNull(field);
            }
        }
        form.object("invoice_settings")
                .flatMap(settings -> settings.text("default_payment_method"))
                .ifPresent(method -> customer.withObject("/invoice_settings")
                        .put(
                                "default_payment_method",
                                methods.require(method, customer.path("id").stringValue())
                                        .path("id")
                                        .stringValue()));
        form.object("address").ifPresent(address -> customer.set("address", addressOf(address)));
        customer.set("metadata", Metadata.merged((ObjectNode) customer.path("metadata"), form));
        form.rejectUnread();
    }

    private static ObjectNode addressOf(Form form) {
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        ADDRESS.forEach(field -> address.put(field, form.text(field).orElse(null)));
        return address;
    }
}
