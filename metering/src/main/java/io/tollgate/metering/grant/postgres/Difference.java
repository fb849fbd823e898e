package io.tollgate.metering.grant.postgres;

import org.jspecify.annotations.Nullable;

/**
 * In what a request differs from the one that came first under the same cause.
 *
 * @param before what the field was then
 */
record Difference(String field, String before) {

    /** Finds the first one. Not for several threads. */
    static final class Search {

        private @Nullable Difference found;

        Search compare(String field, Object before, Object wanted) {
            if (found == null && !before.equals(wanted)) {
                found = new Difference(field, before.toString());
            }
            return this;
        }

        @Nullable
        Difference first() {
            return found;
        }
    }
}
