package io.tollgate.billing.planchange;

import io.tollgate.billing.subscription.StripeInvoice;
import io.tollgate.metering.ledger.Money;

/**
 * The invoice that Stripe would make.
 *
 * @param due what would be charged for it
 */
public record Estimate(StripeInvoice invoice, Money due) {}
