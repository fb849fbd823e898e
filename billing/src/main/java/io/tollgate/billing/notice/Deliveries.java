package io.tollgate.billing.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who is still to be told what, by which channel, and how that went. */
public interface Deliveries {

    /** Takes the one of the channel that is due longest; nobody else gets it before the lease is over. Empty if none is due. */
    Mono<TakenDelivery> take(Channel channel, Duration lease);

    /** Lets a delivery past the limits, once: tries after that are not counted again. */
    Mono<Admission> admit(TakenDelivery delivery, DeliveryLimits limits);

    Mono<Void> close(TakenDelivery delivery, State state, String reason);

    /** Has it tried again after the delay. */
    Mono<Void> postpone(TakenDelivery delivery, Delay delay);

    /** What ended in the state, the newest first, or what is waiting, from below the number on. */
    Flux<ListedDelivery> list(State state, long below, int limit);

    /** Has what ended otherwise than delivered tried again, from the first try on; false if there is no such delivery. */
    Mono<Boolean> requeue(long notice, Channel channel);

    /** Puts aside what waits longer than {@code age} for channels other than these; answers how many. */
    Mono<Long> keepUnrouted(Collection<Channel> routed, Duration age);

    /** Forgets the oldest notices if they are older than {@code age}, at most {@code limit}; answers how many. */
    Mono<Long> forget(Duration age, int limit);

    Mono<Standing> standing();

    /** How far a delivery is. */
    enum State {
        WAITING,
        DELIVERED,
        /** The account was told enough already. */
        SUPPRESSED,
        /** There was nowhere to tell it. */
        KEPT,
        /** Given up. */
        BURIED;

        private final String text = name().toLowerCase(Locale.ROOT);

        public String text() {
            return text;
        }
    }

    /** Whether a delivery is within the limits. */
    enum Admission {
        ADMITTED,
        /** Its account was told of its kind often enough. */
        KIND_TOLD_ENOUGH,
        /** Its account was told enough of everything. */
        ACCOUNT_TOLD_ENOUGH,
        /** All accounts together were told much lately: later. */
        IN_ALL_TOO_MUCH
    }

    /**
     * When to try again, and why.
     *
     * @param told whether this try may have told it after all
     */
    record Delay(Duration length, String reason, Told told) {}

    /** What is known of a try that failed. */
    enum Told {
        NO,
        PERHAPS
    }

    /**
     * A delivery as operators see it.
     *
     * @param reason why its last try failed, or why it was not told
     */
    record ListedDelivery(
            long notice,
            Channel channel,
            String account,
            String kind,
            State state,
            int attempts,
            @Nullable String reason,
            Instant postedAt) {}

    /** Deliveries that wait, and those that an operator may want to look at. */
    record Standing(long waiting, long kept, long buried, Duration oldestWaiting) {}
}
