/**
 * Customers who do whatever customers do, a Stripe that tells of it badly, and gateways that die: after all that, money, credit and
 * Stripe have to agree.
 */
@NullMarked
package io.tollgate.billing.simulation;

import org.jspecify.annotations.NullMarked;
