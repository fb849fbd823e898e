package io.tollgate.billing.subscription;

import io.tollgate.metering.account.AccountId;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/** What our book says of accounts' plans, without asking Stripe. */
public final class PlanStandings {

    private final PlanBook book;
    private final Plans plans;
    private final InstantSource clock;

    public PlanStandings(PlanBook book, Plans plans, InstantSource clock) {
        this.book = book;
        this.plans = plans;
        this.clock = clock;
    }

    /** Never empty: an account without a plan stands without one. */
    public Mono<PlanStanding> of(AccountId account) {
        return book.present(account).map(present -> PlanStanding.of(present, plans, clock.instant()));
    }
}
