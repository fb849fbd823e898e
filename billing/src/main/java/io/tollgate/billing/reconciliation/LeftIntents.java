package io.tollgate.billing.reconciliation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What we wrote down before we asked Stripe for it, and whose answer we never got. */
public interface LeftIntents {

    /**
     * One of them.
     *
     * @param kind the table it is in
     * @param remedy null where asking again is all there is
     */
    record LeftIntent(String kind, String id, String account, String state, Finding.@Nullable Remedy remedy) {}

    /** A page of those in the period that were left for longer than {@code age}. */
    Mono<Listed<LeftIntent>> page(Period period, Duration age, @Nullable String after);
}
