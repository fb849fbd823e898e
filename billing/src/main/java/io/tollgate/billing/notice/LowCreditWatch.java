package io.tollgate.billing.notice;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.BookedLately;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at the accounts that this gateway has booked something of at once, and beside it walks over all accounts, slowly: for what a
 * gateway that died had booked, and for thresholds that were changed.
 */
public final class LowCreditWatch {

    private static final int BATCHES_MAX = 100;

    private final LowCredit lowCredit;
    private final BookedLately lately;
    private final Credits threshold;
    private final int page;

    /** With {@code threshold} for accounts that have named none, zero for never; {@code page} accounts at a time. */
    public LowCreditWatch(LowCredit lowCredit, BookedLately lately, Credits threshold, int page) {
        this.lowCredit = lowCredit;
        this.lately = lately;
        this.threshold = threshold;
        this.page = page;
    }

    /** One turn over what was booked lately. What it forgets when it fails, the walk finds. */
    public Mono<Void> look() {
        return Flux.defer(() -> Mono.just(lately.take(page)))
                .repeat(BATCHES_MAX)
                .takeWhile(accounts -> !accounts.isEmpty())
                .concatMap(accounts -> lowCredit.look(accounts, threshold))
                .then();
    }

    /** One page of the walk over all accounts. */
    public Mono<Void> walk() {
        return lowCredit.walk(page, threshold).then();
    }
}
