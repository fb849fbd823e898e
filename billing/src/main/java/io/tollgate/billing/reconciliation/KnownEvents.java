package io.tollgate.billing.reconciliation;

import java.util.Collection;
import reactor.core.publisher.Flux;

/** Which events came in. */
public interface KnownEvents {

    /** Those of these ids that the inbox lacks. */
    Flux<String> missing(Collection<String> ids);
}
