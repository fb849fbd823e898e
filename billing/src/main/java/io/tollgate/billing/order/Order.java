package io.tollgate.billing.order;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A top-up as it was ordered, and where it stands.
 *
 * @param customerId the account's customer at Stripe
 * @param fingerprint of everything Stripe is asked for, so that a repeated request is told from another one
 * @param sessionExpiresAt when the session closes, fixed with the order: a repeated request has to be the same request
 * @param sessionId null until Stripe has opened the session
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
        @Nullable String sessionId) {

    public Order {
        if (credits.isZero() || price.minor() == 0) {
            throw new IllegalArgumentException("an order of nothing");
        }
    }

    public Order withState(OrderState newState) {
        return new Order(
                id, account, newState, title, credits, price, customerId, fingerprint, sessionExpiresAt, sessionId);
    }

    public Order withSession(String newSessionId) {
        return new Order(
                id, account, state, title, credits, price, customerId, fingerprint, sessionExpiresAt, newSessionId);
    }
}
