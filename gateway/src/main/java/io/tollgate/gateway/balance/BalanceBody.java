package io.tollgate.gateway.balance;

import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.GrantHistory.GrantedLot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A position as JSON: each amount of credits once as a decimal for people and once in micro-credits for programs.
 *
 * @param debt posted below zero
 * @param lots in burn order
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BalanceBody(
        String account,
        String state,
        String posted,
        String held,
        String available,
        String debt,
        long postedMicros,
        long heldMicros,
        long availableMicros,
        long debtMicros,
        List<LotBody> lots) {

    /**
     * What is left of a grant.
     *
     * @param cause null if the book did not tell
     * @param granted as {@code cause}
     * @param expiresAt null for never
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record LotBody(
            long grant,
            @Nullable String cause,
            @Nullable String granted,
            String remaining,
            long remainingMicros,
            @Nullable Instant expiresAt,
            int priority) {

        static LotBody of(Lot lot, @Nullable GrantedLot origin) {
            return new LotBody(
                    lot.grant(),
                    origin == null ? null : origin.cause().name().toLowerCase(Locale.ROOT),
                    origin == null ? null : origin.granted().toDecimal(),
                    lot.remaining().toDecimal(),
                    lot.remaining().micros(),
                    lot.expiresAtMillis() == Lot.NEVER ? null : Instant.ofEpochMilli(lot.expiresAtMillis()),
                    lot.priority());
        }
    }

    public static BalanceBody of(AccountSnapshot snapshot, Map<Long, GrantedLot> origins) {
        Balance balance = snapshot.balance();
        return new BalanceBody(
                snapshot.account().value(),
                snapshot.state().name().toLowerCase(Locale.ROOT),
                Credits.decimal(balance.postedMicros()),
                Credits.decimal(balance.heldMicros()),
                Credits.decimal(balance.availableMicros()),
                Credits.decimal(snapshot.debtMicros()),
                balance.postedMicros(),
                balance.heldMicros(),
                balance.availableMicros(),
                snapshot.debtMicros(),
                snapshot.lots().stream()
                        .map(lot -> LotBody.of(lot, origins.get(lot.grant())))
                        .toList());
    }
}
