package io.tollgate.billing.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What things in the catalog may be called. */
final class Naming {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,47}");
    private static final int NAME_MAX = 100;

    private Naming() {}

    static void check(String kind, String id, String name) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a " + kind + " id is 1 to 48 of a-z 0-9 _ -, not: " + id);
        }
        if (name.isBlank() || name.length() > NAME_MAX) {
            throw new IllegalArgumentException(kind + " " + id + " needs a name of 1 to " + NAME_MAX + " characters");
        }
    }

    static void checkDistinct(String complaint, List<String> keys) {
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(complaint + key);
            }
        }
    }
}
