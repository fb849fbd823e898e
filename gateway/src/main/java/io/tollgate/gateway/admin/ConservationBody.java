package io.tollgate.gateway.admin;

import io.tollgate.gateway.admin.BookFigures.Charge;
import io.tollgate.gateway.admin.BookFigures.Figures;
import io.tollgate.metering.account.AccountSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Both stores side by side, as JSON. All amounts in micro-credits.
 *
 * @param books sums of all ledger entries by unit
 * @param next where the next page begins, null for no next page
 */
record ConservationBody(
        List<AccountFigures> accounts,
        Map<String, Long> books,
        @Nullable String next) {

    /**
     * One account.
     *
     * @param redis null if it is not there, which is right for an idle account
     */
    record AccountFigures(
            String account, Booked postgres, @Nullable Live redis) {
        static AccountFigures of(Figures booked, Optional<AccountSnapshot> live) {
            return new AccountFigures(
                    booked.account().value(),
                    Booked.of(booked),
                    live.map(Live::of).orElse(null));
        }
    }

    /** As {@link Figures}. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Booked(
            long granted,
            long spent,
            long expired,
            long clawedBack,
            long uncollected,
            long posted,
            long debt,
            long lots,
            long commandsIssued,
            long commandsApplied,
            long usageEvents) {
        static Booked of(Figures figures) {
            return new Booked(
                    figures.granted(),
                    figures.spent(),
                    figures.expired(),
                    figures.clawedBack(),
                    figures.uncollected(),
                    figures.posted(),
                    figures.debt(),
                    figures.lots(),
                    figures.issued(),
                    figures.applied(),
                    figures.usageEvents());
        }
    }

    /** The live store's side. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Live(long posted, long held, long debt, long commandsApplied) {
        static Live of(AccountSnapshot snapshot) {
            return new Live(
                    snapshot.balance().postedMicros(),
                    snapshot.heldMicros(),
                    snapshot.debtMicros(),
                    snapshot.lastCommand());
        }
    }

    /** A page of charges. */
    record Charges(List<ChargeBody> charges, @Nullable String next) {}

    /** As {@link Charge}. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ChargeBody(
            String requestId,
            String account,
            String kind,
            @Nullable String outcome,
            @Nullable String model,
            long charged,
            long uncollected,
            long inputTokens,
            long outputTokens) {
        static ChargeBody of(Charge charge) {
            return new ChargeBody(
                    charge.requestId().toString(),
                    charge.account().value(),
                    charge.kind(),
                    charge.outcome(),
                    charge.model(),
                    charge.charged(),
                    charge.uncollected(),
                    charge.inputTokens(),
                    charge.outputTokens());
        }
    }
}
