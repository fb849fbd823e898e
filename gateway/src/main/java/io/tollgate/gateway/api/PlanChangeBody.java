package io.tollgate.gateway.api;

import io.tollgate.billing.planchange.Preview;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A change of plan as JSON.
 *
 * @param outcome previewed, made or scheduled
 * @param kind upgrade, downgrade or switch
 * @param chargeMinor what is charged at once
 * @param credits what comes at once
 * @param renewalMinor what the next period will cost; null if none follows
 * @param prorationDate the second, since 1970, from which the earlier plan's time counts as not used
 * @param preview to be sent with the change, which is then made for just this
 */
@JsonNaming(SnakeCaseStrategy.class)
record PlanChangeBody(
        String outcome,
        String kind,
        String plan,
        String interval,
        long chargeMinor,
        String currency,
        String credits,
        long creditsMicros,
        Instant effectiveAt,
        @Nullable Instant renewsAt,
        @Nullable Long renewalMinor,
        long prorationDate,
        String preview) {

    static PlanChangeBody of(String outcome, Preview preview) {
        Money renewal = preview.renewal();
        return new PlanChangeBody(
                outcome,
                preview.kind().name().toLowerCase(Locale.ROOT),
                preview.plan(),
                preview.interval().word(),
                preview.charge().minor(),
                preview.charge().currency(),
                preview.credits().toDecimal(),
                preview.credits().micros(),
                preview.effectiveAt(),
                preview.renewsAt(),
                renewal == null ? null : renewal.minor(),
                preview.proratedAt().getEpochSecond(),
                preview.stamp().toString());
    }
}
