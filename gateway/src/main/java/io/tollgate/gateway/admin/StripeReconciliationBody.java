package io.tollgate.gateway.admin;

import io.tollgate.billing.reconciliation.Finding;
import io.tollgate.billing.reconciliation.Finding.Amounts;
import io.tollgate.billing.reconciliation.Finding.Remedy;
import io.tollgate.billing.reconciliation.RecordedFinding;
import io.tollgate.billing.reconciliation.StripeRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A run that compares the book with Stripe as JSON, as {@link StripeRun}. */
@JsonNaming(SnakeCaseStrategy.class)
record StripeReconciliationBody(
        long id,
        String cause,
        String state,
        Instant from,
        Instant until,
        String step,
        long looked,
        long found,
        List<String> skipped,
        @Nullable String lastFailure,
        int resumed,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** A run with a page of what it found; {@code next} is null for no next page. */
    record Detail(
            StripeReconciliationBody reconciliation,
            List<FindingBody> findings,
            @Nullable Long next) {}

    /** Runs; {@code next} is null for no next page. */
    record Page(
            List<StripeReconciliationBody> reconciliations,
            @Nullable Long next) {}

    /** Findings; {@code next} is null for no next page. */
    record FindingsPage(
            List<FindingBody> findings, @Nullable Long next) {}

    /** What both sides say, in the currency's minor unit; null where one says nothing. */
    record AmountsBody(
            String currency,
            @Nullable Long stripe,
            @Nullable Long book) {
        static @Nullable AmountsBody of(@Nullable Amounts amounts) {
            return amounts == null ? null : new AmountsBody(amounts.currency(), amounts.stripe(), amounts.book());
        }
    }

    /** What a repair would put into the inbox. */
    record RemedyBody(String event, String object) {
        static @Nullable RemedyBody of(@Nullable Remedy remedy) {
            return remedy == null ? null : new RemedyBody(remedy.eventType(), remedy.object());
        }
    }

    /** One difference. */
    @JsonNaming(SnakeCaseStrategy.class)
    record FindingBody(
            long number,
            String kind,
            String object,
            @Nullable String related,
            @Nullable String account,
            @Nullable AmountsBody amounts,
            String detail,
            @Nullable RemedyBody remedy,
            String state,
            int attempts,
            @Nullable String repairEvent,
            @Nullable String closedBecause,
            Instant firstSeenAt,
            Instant lastSeenAt) {
        static FindingBody of(RecordedFinding recorded) {
            Finding finding = recorded.finding();
            return new FindingBody(
                    recorded.number(),
                    finding.kind().name().toLowerCase(Locale.ROOT),
                    finding.object(),
                    finding.related(),
                    finding.account(),
                    AmountsBody.of(finding.amounts()),
                    finding.detail(),
                    RemedyBody.of(finding.remedy()),
                    recorded.state().name().toLowerCase(Locale.ROOT),
                    recorded.attempts(),
                    recorded.repairEvent(),
                    recorded.closedBecause(),
                    recorded.firstSeenAt(),
                    recorded.lastSeenAt());
        }
    }

    static StripeReconciliationBody of(StripeRun run) {
        return new StripeReconciliationBody(
                run.id(),
                run.cause().name().toLowerCase(Locale.ROOT),
                run.state().name().toLowerCase(Locale.ROOT),
                run.period().from(),
                run.period().until(),
                run.step(),
                run.looked(),
                run.found(),
                run.skipped(),
                run.lastFailure(),
                run.resumed(),
                run.startedAt(),
                run.finishedAt());
    }
}
