package io.tollgate.billing.notice;

import reactor.core.publisher.Mono;

/** Where features put what there is to tell. */
public interface Notices {

    /**
     * Keeps the notice for delivery unless its kind was told of its key before. Part of the caller's SQL transaction where there
     * is one: what did not happen is not told.
     */
    Mono<Void> post(Notice notice);
}
