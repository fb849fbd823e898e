/**
 * Which Stripe customer an account is, in Postgres.
 */
@NullMarked
package io.tollgate.billing.checkout.postgres;

import org.jspecify.annotations.NullMarked;
