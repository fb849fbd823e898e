package io.tollgate.gateway.api;

import io.tollgate.billing.subscription.PlanStanding;
import io.tollgate.billing.subscription.SubscriptionState.PendingChange;
import io.tollgate.metering.credit.Credits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An account's plan as JSON.
 *
 * @param status a word of {@link PlanStanding.State}
 * @param allowance of the present month; null if there is none
 * @param remaining what is left of it, and of what rolled over into it
 * @param resetsAt when the next month's takes its place
 * @param graceUntil how long it goes on although a payment failed
 * @param paymentUrl where what failed can be paid
 */
@JsonNaming(SnakeCaseStrategy.class)
record SubscriptionBody(
        String account,
        String status,
        @Nullable PlanBody plan,
        @Nullable String interval,
        @Nullable String allowance,
        @Nullable Long allowanceMicros,
        String remaining,
        long remainingMicros,
        @Nullable Instant resetsAt,
        @Nullable Instant trialEndsAt,
        @Nullable Instant cancelAt,
        @Nullable Instant graceUntil,
        @Nullable PauseBody pause,
        @Nullable PendingBody pending,
        @Nullable String paymentUrl) {

    @JsonNaming(SnakeCaseStrategy.class)
    record PlanBody(String id, String name) {}

    /** What becomes of invoices meanwhile, and when it is over; null if somebody has to end it. */
    @JsonNaming(SnakeCaseStrategy.class)
    record PauseBody(String invoices, @Nullable Instant resumesAt) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record PendingBody(String plan, String interval, Instant at) {}

    static SubscriptionBody of(PlanStanding standing, Credits remaining) {
        Credits allowance = standing.allowance();
        return new SubscriptionBody(
                standing.account().value(),
                standing.state().word(),
                plan(standing),
                standing.interval() == null ? null : standing.interval().word(),
                allowance == null ? null : allowance.toDecimal(),
                allowance == null ? null : allowance.micros(),
                remaining.toDecimal(),
                remaining.micros(),
                standing.resetsAt(),
                standing.trialEndsAt(),
                standing.cancelAt(),
                standing.graceUntil(),
                standing.pausedAs() == null ? null : new PauseBody(standing.pausedAs(), standing.resumesAt()),
                pending(standing.pending()),
                standing.paymentUrl());
    }

    private static @Nullable PlanBody plan(PlanStanding standing) {
        String id = standing.plan();
        String name = standing.name();
        return id == null || name == null ? null : new PlanBody(id, name);
    }

    private static @Nullable PendingBody pending(@Nullable PendingChange change) {
        return change == null
                ? null
                : new PendingBody(change.plan(), change.interval().word(), change.at());
    }
}
