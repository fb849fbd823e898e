/**
 * Orders of top-ups and plans: what an account asked for, at which price, and what became of it. The order, not what Stripe or a client
 * says, is the source of the amount and the credit.
 */
@NullMarked
package io.tollgate.billing.order;

import org.jspecify.annotations.NullMarked;
