package io.tollgate.gateway.admin;

import io.tollgate.metering.reconciliation.RecordedDrift;
import io.tollgate.metering.reconciliation.Run;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A run as JSON, as {@link Run}. */
@JsonNaming(SnakeCaseStrategy.class)
record ReconciliationBody(
        long id,
        String cause,
        String state,
        Accounts accounts,
        int resumed,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** How many there were at the start, and how many of them it has come to what with. */
    record Accounts(long total, long checked, long moving, long drifted) {}

    /** A run with a page of its drift; {@code next} is null for no next page. */
    record Detail(
            ReconciliationBody reconciliation,
            List<DriftBody> drifts,
            @Nullable Long next) {}

    /** Runs; {@code next} is null for no next page. */
    record Page(
            List<ReconciliationBody> reconciliations,
            @Nullable Long next) {}

    /** Drift; {@code next} is null for no next page. */
    record Drifts(List<DriftBody> drifts, @Nullable Long next) {}

    /**
     * Two figures that differ.
     *
     * @param reconciliation the run that saw it, null for the continuous look at active accounts
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record DriftBody(
            long number,
            @Nullable Long reconciliation,
            String account,
            String kind,
            String found,
            String expected,
            Instant firstSeenAt,
            Instant lastSeenAt) {
        static DriftBody of(RecordedDrift recorded) {
            return new DriftBody(
                    recorded.number(),
                    recorded.run() == 0 ? null : recorded.run(),
                    recorded.drift().account().value(),
                    recorded.drift().kind().name().toLowerCase(Locale.ROOT),
                    recorded.drift().found(),
                    recorded.drift().expected(),
                    recorded.firstSeenAt(),
                    recorded.lastSeenAt());
        }
    }

    static ReconciliationBody of(Run run) {
        return new ReconciliationBody(
                run.id(),
                run.cause().name().toLowerCase(Locale.ROOT),
                run.state().name().toLowerCase(Locale.ROOT),
                new Accounts(run.accounts(), run.checked(), run.moving(), run.drifted()),
                run.resumed(),
                run.startedAt(),
                run.finishedAt());
    }
}
