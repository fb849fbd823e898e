package io.tollgate.sandbox.stripe;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/products}: what is sold. */
final class Products {
    static final String KIND = "product";

    private final Simulation simulation;

    Products(Simulation simulation) {
        this.simulation = simulation;
    }

    void register(Router router) {
        router.post("/v1/products", request -> create(request.form(), "product.created"))
                .get("/v1/products", request -> Listing.page(simulation, request, KIND, "active"))
                .get("/v1/products/{id}", request -> {
                    request.form().rejectUnread();
                    return simulation.require(KIND, request.id(), "id");
                });
    }

    /** Makes a product of a form; a form inside another one is checked for unknown names by its owner. */
    private ObjectNode create(Form form, String event) {
        ObjectNode product = describe(form);
        form.text("id").ifPresent(id -> product.put("id", id));
        form.rejectUnread();
        simulation.store().add(product);
        simulation.events().emit(event, product);
        return product;
    }

    /** Reads {@code product_data}; nothing is stored yet. */
    ObjectNode describe(Form form) {
        ObjectNode product = simulation
                .create(KIND, Ids.next("prod_", 14))
                .put("active", form.flag("active").orElse(true))
                .put("name", form.requiredText("name"))
                .put("description", form.text("description").orElse(null))
                .put("tax_code", form.text("tax_code").orElse(null))
                .put("unit_label", form.text("unit_label").orElse(null))
                .put("type", "service")
                .put("updated", simulation.clock().epochSecond());
        List.of("default_price", "package_dimensions", "shippable", "statement_descriptor", "url")
                .forEach(product::putNull);
        product.putArray("images")
                .addAll(form.textList("images").stream()
                        .map(product::stringNode)
                        .toList());
        product.putArray("marketing_features");
        product.set("metadata", Metadata.of(form));
        return product;
    }
}
