package io.tollgate.billing.subscription;

import io.tollgate.metering.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;

/**
 * Accounts that nothing has been decided about yet. To look at all of them costs more the more there are, so that is done at first and
 * then seldom; in between, those that were opened lately do.
 */
final class Newcomers {

    /** Longer than an account's own SQL transaction, or a pause of all gateways for an update, may take. */
    private static final Duration LATELY = Duration.ofHours(1);

    private static final Duration ALL_EVERY = Duration.ofHours(1);

    private final PlanBook book;
    private final PlanRules rules;
    private final int batch;

    private volatile Instant allAt = Instant.MIN;

    Newcomers(PlanBook book, PlanRules rules, int batch) {
        this.book = book;
        this.rules = rules;
        this.batch = batch;
    }

    /** At most as many as a batch holds. */
    Flux<AccountId> next() {
        return Flux.defer(() -> {
            Instant now = rules.now();
            return now.isBefore(allAt) ? book.withoutPlan(LATELY, batch) : all(now);
        });
    }

    private Flux<AccountId> all(Instant now) {
        return book.withoutPlan(null, batch).collectList().flatMapIterable(found -> {
            if (found.size() < batch) {
                allAt = now.plus(ALL_EVERY);
            }
            return found;
        });
    }
}
