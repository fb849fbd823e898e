/** Plans against real stores and the simulated Stripe, whose clock the tests move. */
@org.jspecify.annotations.NullMarked
package io.tollgate.billing.subscription;
