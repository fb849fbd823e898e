package io.tollgate.metering.reconciliation.postgres;

import io.tollgate.metering.reconciliation.FullReconciliation;
import io.tollgate.metering.reconciliation.Reconciler;
import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the two stores are compared.
 *
 * @param nightlyAt when a run over all accounts begins, in UTC; {@code off} for never
 * @param runInterval pause between two stretches of work on a run, and between two looks for one
 * @param page accounts of a run between two notes of its progress
 * @param turn how long a stretch of work on a run lasts
 * @param lease how long a gateway may take for a page before another one takes the run over
 * @param interval pause between two looks at the accounts something was booked of
 * @param recentAtOnce the most of those in one look
 * @param recentWaiting the most of those that wait for a look; more are left to the next run
 * @param attempts looks at an account before it counts as moving
 * @param pause between two looks at the same account
 * @param readsAtOnce accounts read side by side
 * @param longestPause the most that repeated failures stretch the intervals to
 * @param shutdown how long shutdown waits for the work under way
 */
@ConfigurationProperties("tollgate.metering.reconciliation")
record ReconciliationSettings(
        @DefaultValue("03:00") String nightlyAt,
        @DefaultValue("1s") Duration runInterval,
        @DefaultValue("200") int page,
        @DefaultValue("5s") Duration turn,
        @DefaultValue("1m") Duration lease,
        @DefaultValue("10s") Duration interval,
        @DefaultValue("100") int recentAtOnce,
        @DefaultValue("10000") int recentWaiting,
        @DefaultValue("4") int attempts,
        @DefaultValue("250ms") Duration pause,
        @DefaultValue("16") int readsAtOnce,
        @DefaultValue("1m") Duration longestPause,
        @DefaultValue("10s") Duration shutdown) {

    Reconciler.Bounds bounds() {
        return new Reconciler.Bounds(attempts, pause, readsAtOnce);
    }

    FullReconciliation.Plan plan() {
        return new FullReconciliation.Plan(page, turn, lease, nightly());
    }

    private @Nullable LocalTime nightly() {
        return nightlyAt.equals("off") ? null : LocalTime.parse(nightlyAt);
    }
}
