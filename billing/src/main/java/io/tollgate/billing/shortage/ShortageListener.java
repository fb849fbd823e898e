package io.tollgate.billing.shortage;

import reactor.core.publisher.Mono;

/** Who wants to hear that an account's calls are refused for lack of credit. */
public interface ShortageListener {

    /** Stands in metrics and logs: one short word. */
    String name();

    /**
     * Told of each account at most once at a time and once per turn, however many of its calls were refused; by each gateway of its
     * own, and not of all: a gateway that dies, or one with too many to tell of, forgets. What fails is logged and not repeated.
     */
    Mono<Void> refused(Shortage shortage);
}
