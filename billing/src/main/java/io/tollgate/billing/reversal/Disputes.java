package io.tollgate.billing.reversal;

import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Disputes for people and features to look at. */
public interface Disputes {

    record Line(
            String id,
            String payment,
            AccountId account,
            long amountMinor,
            String currency,
            DisputePhase phase,
            @Nullable String reason,
            Instant openedAt,
            Instant changedAt) {}

    /** Newest first, at most {@code limit}. */
    Flux<Line> latest(int limit);

    /** Those of a payment, newest first. */
    Flux<Line> of(String payment);

    /** How many are open against an account: as long as there are any, its card is not charged without its holder. */
    Mono<Long> openAgainst(AccountId account);
}
