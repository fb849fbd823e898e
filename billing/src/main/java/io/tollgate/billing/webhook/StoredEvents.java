package io.tollgate.billing.webhook;

import java.time.Duration;
import java.time.Instant;
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
    Flux<BuriedEvent> buried(int limit);

    /** Has an event that was given up tried again, from the first attempt on; false if there is no such event. */
    Mono<Boolean> requeue(String id);

    /** Forgets events that were done with or ignored longer than {@code age} ago, at most {@code limit}; answers how many. */
    Mono<Long> forget(Duration age, int limit);

    Mono<Standing> standing();

    /**
     * An event that was given up.
     *
     * @param reason why its last attempt failed
     */
    record BuriedEvent(
            String id, String type, @Nullable String objectId, int attempts, String reason, Instant receivedAt) {}

    /**
     * How far the inbox is.
     *
     * @param waiting events not done with
     * @param buried events given up
     */
    record Standing(long waiting, long buried) {}

    /** How an event is done with. */
    enum Closing {
        DONE,
        /** Nothing that concerns us. */
        IGNORED
    }
}
