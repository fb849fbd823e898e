package io.tollgate.gateway.admin;

import io.tollgate.gateway.balance.BalanceBody;
import io.tollgate.gateway.balance.Position;
import io.tollgate.gateway.balance.Position.Source;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts.Account;
import io.tollgate.metering.grant.GrantHistory.GrantedLot;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An account in both stores, as JSON.
 *
 * @param redis null if it is not there, which is right for an idle account
 * @param lagMicros what Redis has posted beyond Postgres; below zero where usage is not booked yet
 */
@JsonNaming(SnakeCaseStrategy.class)
record AccountBody(
        String account,
        String name,
        Instant createdAt,
        @Nullable BalanceBody redis,
        BalanceBody postgres,
        long lagMicros) {

    static AccountBody of(
            Account account, AccountSnapshot booked, Optional<AccountSnapshot> live, Map<Long, GrantedLot> origins) {
        long postedLive = live.orElse(booked).balance().postedMicros();
        return new AccountBody(
                account.id().value(),
                account.name(),
                account.createdAt(),
                live.map(snapshot -> BalanceBody.of(new Position(snapshot, Source.LIVE), origins))
                        .orElse(null),
                BalanceBody.of(new Position(booked, Source.BOOK), origins),
                postedLive - booked.balance().postedMicros());
    }
}
