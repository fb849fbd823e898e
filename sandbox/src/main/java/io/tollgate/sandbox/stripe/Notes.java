package io.tollgate.sandbox.stripe;

import java.util.LinkedHashMap;
import java.util.Optional;

/** What belongs to an object but is not shown in it, by id; bounded as the store is. */
final class Notes<T> {
    private final LinkedHashMap<String, T> notes = new LinkedHashMap<>();

    void put(String id, T note) {
        notes.put(id, note);
        if (notes.size() > Store.OBJECTS_MAX) {
            notes.pollFirstEntry();
        }
    }

    Optional<T> find(String id) {
        return Optional.ofNullable(notes.get(id));
    }

    void remove(String id) {
        notes.remove(id);
    }
}
