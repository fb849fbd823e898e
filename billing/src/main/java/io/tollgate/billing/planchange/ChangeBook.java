package io.tollgate.billing.planchange;

import io.tollgate.billing.planchange.AskedChange.State;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Changes that were asked for: one at a time for each account. */
public interface ChangeBook {

    /**
     * Writes it down unless one is under way, and answers the one that is under way then.
     *
     * @param lookAt when somebody should look what became of it
     */
    Mono<AskedChange> open(AskedChange change, Instant lookAt);

    /** Says what became of one that is under way; of any other, nothing is changed. */
    Mono<Void> move(String id, Outcome outcome, Instant now);

    /** Empty if none is under way. */
    Mono<AskedChange> underWay(AccountId account);

    /** The one under way of a subscription; empty if there is none. */
    Mono<AskedChange> underWayOf(String subscription);

    /** Changes under way that are to be looked at by {@code now}, not to be taken by anybody else before {@code nextLook}. */
    Flux<AskedChange> take(Instant now, Instant nextLook, int limit);

    /** What became of a change. */
    record Outcome(
            State state, @Nullable String reason, @Nullable String paymentUrl) {

        static Outcome of(State state) {
            return new Outcome(state, null, null);
        }
    }
}
