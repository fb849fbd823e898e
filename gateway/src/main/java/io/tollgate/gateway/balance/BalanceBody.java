package io.tollgate.gateway.balance;

import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.KeptLot;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.GrantHistory.GrantedLot;
import io.tollgate.metering.ledger.Basis;
import io.tollgate.metering.ledger.Money;
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
 * @param source {@code live} for the present to the last call, {@code book} for an account not in use
 * @param debt owed; posted is the lots and what is kept, less this
 * @param lots in burn order
 * @param kept what open holds may still use of lots that have expired
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BalanceBody(
        String account,
        String state,
        String source,
        String posted,
        String held,
        String available,
        String debt,
        long postedMicros,
        long heldMicros,
        long availableMicros,
        long debtMicros,
        List<LotBody> lots,
        List<KeptBody> kept) {

    /**
     * What is left of a grant.
     *
     * @param cause null if the book did not tell
     * @param granted as {@code cause}
     * @param expiresAt null for never
     * @param basisLeft what was paid for what remains, null for credit that was not bought or if the book did not tell
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record LotBody(
            long grant,
            @Nullable String cause,
            @Nullable String granted,
            String remaining,
            long remainingMicros,
            @Nullable Instant expiresAt,
            int priority,
            @Nullable MoneyBody basisLeft) {

        static LotBody of(Lot lot, @Nullable GrantedLot origin) {
            return new LotBody(
                    lot.grant(),
                    origin == null ? null : origin.cause().name().toLowerCase(Locale.ROOT),
                    origin == null ? null : origin.granted().toDecimal(),
                    lot.remaining().toDecimal(),
                    lot.remaining().micros(),
                    lot.expiresAtMillis() == Lot.NEVER ? null : Instant.ofEpochMilli(lot.expiresAtMillis()),
                    lot.priority(),
                    origin == null ? null : MoneyBody.of(origin, lot.remaining()));
        }
    }

    /** What is left of an expired lot, as {@link LotBody}. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record KeptBody(
            long grant,
            @Nullable String cause,
            String remaining,
            long remainingMicros,
            @Nullable MoneyBody basisLeft) {

        static KeptBody of(KeptLot lot, @Nullable GrantedLot origin) {
            return new KeptBody(
                    lot.grant(),
                    origin == null ? null : origin.cause().name().toLowerCase(Locale.ROOT),
                    lot.remaining().toDecimal(),
                    lot.remaining().micros(),
                    origin == null ? null : MoneyBody.of(origin, lot.remaining()));
        }
    }

    /** Money in its currency's minor unit. */
    public record MoneyBody(long minor, String currency) {

        static @Nullable MoneyBody of(GrantedLot origin, Credits remaining) {
            Money paid = origin.paid();
            return paid == null
                    ? null
                    : new MoneyBody(new Basis(paid, origin.granted()).leftMinor(remaining), paid.currency());
        }
    }

    public static BalanceBody of(Position position, Map<Long, GrantedLot> origins) {
        AccountSnapshot snapshot = position.snapshot();
        Balance balance = snapshot.balance();
        return new BalanceBody(
                snapshot.account().value(),
                snapshot.state().name().toLowerCase(Locale.ROOT),
                position.source().name().toLowerCase(Locale.ROOT),
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
                        .toList(),
                snapshot.kept().stream()
                        .map(lot -> KeptBody.of(lot, origins.get(lot.grant())))
                        .toList());
    }
}
