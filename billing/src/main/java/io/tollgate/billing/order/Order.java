package io.tollgate.billing.order;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A top-up or a plan as it was ordered, and where it stands.
 *
 * @param credits what it gives; of a plan, every month, with its invoices
 * @param price of a plan, for one interval
 * @param customerId the account's customer at Stripe
 * @param fingerprint of everything Stripe is asked for, so that a repeated request is told from another one
 * @param sessionExpiresAt when the session closes, fixed with the order: a repeated request has to be the same request
 * @param sessionId null until Stripe has opened the session
 * @param plan null for a top-up
 */
public record Order(
        OrderId id,
        AccountId account,
        OrderState state,
        String title,
        Credits credits,
        Money price,
        String customerId,
        String fingerprint,
        Instant sessionExpiresAt,
        @Nullable String sessionId,
        @Nullable OrderedPlan plan) {

    public Order {
        if (credits.isZero() || price.minor() == 0) {
            throw new IllegalArgumentException("an order of nothing");
        }
    }

    /** Of a top-up. */
    public Order(
            OrderId id,
            AccountId account,
            OrderState state,
            String title,
            Credits credits,
            Money price,
            String customerId,
            String fingerprint,
            Instant sessionExpiresAt,
            @Nullable String sessionId) {
        this(id, account, state, title, credits, price, customerId, fingerprint, sessionExpiresAt, sessionId, null);
    }

    /** Whether nothing that Stripe tells of its session changes it any more. */
    public boolean isOver() {
        return state == OrderState.GRANTED || state == OrderState.COMPLETED;
    }

    public Order withState(OrderState newState) {
        return new Order(
                id,
                account,
                newState,
                title,
                credits,
                price,
                customerId,
                fingerprint,
                sessionExpiresAt,
                sessionId,
                plan);
    }

    public Order withSession(String newSessionId) {
        return new Order(
                id,
                account,
                state,
                title,
                credits,
                price,
                customerId,
                fingerprint,
                sessionExpiresAt,
                newSessionId,
                plan);
    }

    public Order withPlan(OrderedPlan newPlan) {
        return new Order(
                id,
                account,
                state,
                title,
                credits,
                price,
                customerId,
                fingerprint,
                sessionExpiresAt,
                sessionId,
                newPlan);
    }
}
