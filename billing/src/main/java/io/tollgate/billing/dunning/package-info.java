/**
 * What an account is told while a payment for its plan fails: why, until when its allowance goes on, and where it can pay. Knows
 * neither Stripe's objects nor when grace begins and ends.
 */
@NullMarked
package io.tollgate.billing.dunning;

import org.jspecify.annotations.NullMarked;
