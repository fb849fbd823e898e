package io.tollgate.billing.planchange;

import java.time.Instant;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/** Looks at changes whose outcome nobody knows, and at those that wait for their payment. On any gateway. */
public final class SettlementLoop {

    private final ChangeBook book;
    private final Settlement settlement;
    private final ChangeSettings settings;
    private final InstantSource clock;

    public SettlementLoop(ChangeBook book, Settlement settlement, ChangeSettings settings, InstantSource clock) {
        this.book = book;
        this.settlement = settlement;
        this.settings = settings;
        this.clock = clock;
    }

    /** Answers how many were looked at. */
    public Mono<Long> turn() {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            return book.take(now, now.plus(settings.lookAgain()), settings.batch())
                    .concatMapDelayError(asked -> settlement.look(asked).thenReturn(asked))
                    .count();
        });
    }
}
