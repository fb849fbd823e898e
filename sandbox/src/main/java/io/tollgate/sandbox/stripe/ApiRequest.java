package io.tollgate.sandbox.stripe;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A request that matched a route: what its path named and what its form said. */
record ApiRequest(String path, Map<String, String> variables, Form form) {
    /** What answers a request; it runs in the simulation's turn. */
    @FunctionalInterface
    interface Endpoint {
        ObjectNode answer(ApiRequest request);
    }

    String id() {
        String id = variables.get("id");
        if (id == null) {
            throw new IllegalStateException("the route of " + path + " names no id");
        }
        return id;
    }
}
