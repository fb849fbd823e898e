package io.tollgate.gateway.admin;

import io.tollgate.metering.account.AccountId;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What the book of record adds up to. The sums are taken anew each time: a remembered sum could not catch itself being wrong. */
public interface BookFigures {

    /**
     * An account's sums, in micro-credits.
     *
     * @param granted of all grants ever given, arrived in the live store or not
     * @param spent of all booked usage events
     * @param expired what of the grants went unused until its end
     * @param clawedBack what was taken back, as debt too
     * @param uncollected what the account could not pay
     * @param lots what is left of all lots
     * @param issued number of the last command issued
     * @param applied number of the last command booked as applied
     * @param usageEvents how many are booked
     */
    record Figures(
            AccountId account,
            long granted,
            long spent,
            long expired,
            long clawedBack,
            long uncollected,
            long posted,
            long debt,
            long lots,
            long issued,
            long applied,
            long usageEvents) {}

    /** A booked usage event. */
    record Charge(
            UUID requestId,
            AccountId account,
            String kind,
            @Nullable String outcome,
            @Nullable String model,
            long charged,
            long uncollected,
            long inputTokens,
            long outputTokens) {}

    /** Those of the accounts that there are. */
    Flux<Figures> of(Collection<AccountId> accounts);

    /** All accounts in the order of their ids, from behind {@code after} on. */
    Flux<Figures> page(String after, int limit);

    /** In the order of their ids, from behind {@code after} on; null for from the first one on. */
    Flux<Charge> charges(AccountId account, @Nullable UUID after, int limit);
}
