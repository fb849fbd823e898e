package io.tollgate.billing.topup;

import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;

/** A top-up as our book has it. Whoever shows it has to check that {@code account} is the viewer's. */
public record TopUpStatus(OrderId order, AccountId account, Credits credits, Money price, OrderState state) {}
