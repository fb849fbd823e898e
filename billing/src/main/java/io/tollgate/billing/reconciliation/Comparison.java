package io.tollgate.billing.reconciliation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Compares one kind of object. It only looks: what is found is put right by events that its handlers would have handled anyway.
 */
public interface Comparison {

    /** Stable, since a run notes how far it is by it: {@code paid-sessions}. */
    String name();

    /**
     * Looks at a bounded number of objects; empty if there is no key to ask Stripe with. Signals {@link io.tollgate.billing.checkout.StripeUnavailableException} for what may pass.
     *
     * @param place null to begin, else what the page before answered
     */
    Mono<Page> look(Period period, @Nullable String place);

    /**
     * What one look came to.
     *
     * @param looked objects looked at
     * @param next where to go on; null if that was all
     */
    record Page(
            long looked, List<Finding> findings, @Nullable String next) {
        public Page {
            findings = List.copyOf(findings);
        }

        static Page of(Listed<?> listed, List<Finding> findings) {
            return new Page(listed.objects().size(), findings, listed.next());
        }
    }
}
