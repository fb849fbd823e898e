package io.tollgate.sandbox.stripe;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What changed of an object, as events tell it: the fields that differ, with what they were before. */
final class Changes {
    private Changes() {}

    static ObjectNode between(ObjectNode before, ObjectNode after) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        Set<String> fields = new LinkedHashSet<>(before.propertyNames());
        fields.addAll(after.propertyNames());
        for (String field : fields) {
            JsonNode was = before.path(field);
            JsonNode is = after.path(field);
            if (was.equals(is)) {
                continue;
            }
            if (was instanceof ObjectNode inner && is instanceof ObjectNode now) {
                changes.set(field, between(inner, now));
            } else if (was.isMissingNode()) {
                changes.putNull(field);
            } else {
                changes.set(field, was.deepCopy());
            }
        }
        return changes;
    }
}
