package io.tollgate.sandbox.stripe;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Every object by kind, in order of creation. Guarded by the turn of {@link Simulation}. */
final class Store {
    /** Per kind; the eldest leave first. A sandbox that runs for weeks must not fill the heap. */
    static final int OBJECTS_MAX = 100_000;

    private final Map<String, LinkedHashMap<String, ObjectNode>> kinds = new HashMap<>();

    void add(ObjectNode object) {
        LinkedHashMap<String, ObjectNode> kind = kinds.computeIfAbsent(kindOf(object), _ -> new LinkedHashMap<>());
        kind.put(object.path("id").stringValue(), object);
        if (kind.size() > OBJECTS_MAX) {
            kind.pollFirstEntry();
        }
    }

    static String kindOf(ObjectNode object) {
        return object.path("object").stringValue();
    }

    Optional<ObjectNode> find(String kind, String id) {
        return Optional.ofNullable(
                kinds.getOrDefault(kind, new LinkedHashMap<>()).get(id));
    }

    /** Finds an object of any kind, for references that are to be expanded. */
    Optional<ObjectNode> find(String id) {
        return kinds.values().stream()
                .flatMap(kind -> Optional.ofNullable(kind.get(id)).stream())
                .findFirst();
    }

    Collection<ObjectNode> newestFirst(String kind) {
        LinkedHashMap<String, ObjectNode> objects = kinds.get(kind);
        return objects == null ? List.of() : objects.sequencedValues().reversed();
    }
}
