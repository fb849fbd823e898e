package io.tollgate.billing.topup;

import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.OrderedPlan;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import org.jspecify.annotations.Nullable;

/**
 * A top-up or plan as our book has it. Whoever shows it has to check that {@code account} is the viewer's.
 *
 * @param plan null for a top-up
 */
public record TopUpStatus(
        OrderId order,
        AccountId account,
        Credits credits,
        Money price,
        OrderState state,
        @Nullable OrderedPlan plan) {}
