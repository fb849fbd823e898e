package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.PublishedEvents.Which;
import io.tollgate.billing.reconciliation.StripeRuns.Runner;
import reactor.core.publisher.Mono;

/** The walks on record. One gateway at a time walks each. */
public interface EventWalks {

    /** Empty if another one walks it. */
    Mono<EventWalk> claim(Which which, Runner walker);

    /** Notes how far it has come and renews the lease. Empty, and nothing noted, if it is another's meanwhile. */
    Mono<EventWalk> note(EventWalk walk, long recovered, Runner walker);
}
