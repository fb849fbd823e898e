package io.tollgate.billing.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The inbox: every event Stripe has delivered, and how far we are with it. */
public interface StoredEvents {

    /**
     * An event somebody has taken.
     *
     * @param attempts how often it was taken, this time included
     */
    record TakenEvent(String id, String type, @Nullable String objectId, int attempts) {}

    /** Stores the event unless it is there already. */
    Mono<Void> store(String id, String type, @Nullable String objectId, byte[] body);

    /** Takes events that are waiting and due; nobody else gets them before the lease is over. */
    Flux<TakenEvent> take(int limit, Duration lease);

    Mono<Void> close(String id, Closing closing);

    /** Has the event tried again after the delay. */
    Mono<Void> postpone(String id, Duration delay, String reason);

    /** Leaves the event to an operator. */
    Mono<Void> bury(String id, String reason);

    /** Events that were given up, oldest first. */
    Flux<TakenEvent> buried(int limit);

    /** How an event is done with. */
    enum Closing {
        DONE,
        /** Nothing that concerns us. */
        IGNORED
    }
}
