package io.tollgate.sandbox.stripe;

import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The caller's own notes on an object, within Stripe's limits. */
final class Metadata {
    private static final int KEYS_MAX = 50;
    private static final int KEY_LENGTH_MAX = 40;
    private static final int VALUE_LENGTH_MAX = 500;

    private Metadata() {}

    static ObjectNode of(Form form) {
        return merged(JsonNodeFactory.instance.objectNode(), form);
    }

    /** Stripe merges: what is not named stays, what is set to nothing goes. */
    static ObjectNode merged(ObjectNode current, Form form) {
        if (form.unsets("metadata")) {
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode merged = current.deepCopy();
        form.textsBelow("metadata").forEach((key, value) -> {
            check(form, Map.entry(key, value));
            if (value.isEmpty()) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        if (merged.size() > KEYS_MAX) {
            throw ApiException.badParameter(
                    form.nameOf("metadata"), "parameter_invalid", "Metadata can have up to 50 keys.");
        }
        return merged;
    }

    private static void check(Form form, Map.Entry<String, String> note) {
        if (note.getKey().length() > KEY_LENGTH_MAX || note.getValue().length() > VALUE_LENGTH_MAX) {
            throw ApiException.badParameter(
                    form.nameOf("metadata"),
                    "parameter_invalid",
                    "Metadata keys can have up to 40 characters, values up to 500: " + note.getKey());
        }
    }
}
