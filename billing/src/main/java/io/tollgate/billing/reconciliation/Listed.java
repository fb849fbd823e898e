package io.tollgate.billing.reconciliation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what there is.
 *
 * @param next where the next page begins; null if this is the last one
 */
public record Listed<T>(List<T> objects, @Nullable String next) {

    public Listed {
        objects = List.copyOf(objects);
    }
}
