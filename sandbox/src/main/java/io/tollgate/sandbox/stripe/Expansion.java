package io.tollgate.sandbox.stripe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces references by what they name ({@code expand[]=payment_intent.latest_charge}). */
final class Expansion {
    private static final int DEPTH_MAX = 4;

    private final Store store;
    private final Map<String, Function<ObjectNode, JsonNode>> includes = new HashMap<>();

    Expansion(Store store) {
        this.store = store;
    }

    /** Registers a field that is absent unless asked for, such as the line items of a session. */
    void include(String kind, String field, Function<ObjectNode, JsonNode> content) {
        includes.put(kind + "." + field, content);
    }

    void expand(ObjectNode root, List<String> paths) {
        for (String path : paths) {
            List<String> fields = List.of(path.split("\\.", -1));
            if (fields.size() > DEPTH_MAX) {
                throw ApiException.badRequest("You cannot expand more than 4 levels of a property: " + path);
            }
            expand(root, fields, path);
        }
    }

    private void expand(JsonNode node, List<String> fields, String path) {
        if (fields.isEmpty()) {
            return;
        }
        switch (node) {
            case ArrayNode list -> list.forEach(element -> expand(element, fields, path));
            case ObjectNode object -> expandField(object, fields, path);
            default -> {}
        }
    }

    private void expandField(ObjectNode object, List<String> fields, String path) {
        String field = fields.getFirst();
        Function<ObjectNode, JsonNode> included =
                includes.get(object.path("object").asString("") + "." + field);
        JsonNode value = object.path(field);
        if (included != null && !value.isObject()) {
            object.set(field, included.apply(object).deepCopy());
        } else if (value.isString()) {
            object.set(field, named(value.stringValue(), path).deepCopy());
        } else if (value.isMissingNode() || (value.isValueNode() && !value.isNull())) {
            throw cannotExpand(path);
        }
        expand(object.path(field), fields.subList(1, fields.size()), path);
    }

    private ObjectNode named(String id, String path) {
        return store.find(id).orElseThrow(() -> cannotExpand(path));
    }

    private static ApiException cannotExpand(String path) {
        return ApiException.badParameter(
                "expand", "parameter_invalid", "This property cannot be expanded (" + path + ").");
    }
}
