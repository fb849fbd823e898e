package io.tollgate.billing.catalog;

import io.tollgate.billing.catalog.CatalogChange.Kind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What operators have said of the catalog, kept for good. */
public interface CatalogChanges {

    /** The last of each thing, in the order in which they were first said. */
    Flux<CatalogChange> latest(int limit);

    /** Says it; null for the line withdraws the thing. Nothing is written that was the last to be said. */
    Mono<Void> say(Kind kind, String id, @Nullable String line);
}
