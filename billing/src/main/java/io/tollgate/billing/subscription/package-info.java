/**
 * Plans that accounts live on: which one, what its paid periods give, when the next month is due, and what becomes of the allowance
 * when a payment fails, a trial ends or the plan is left. Decisions are functions of what Stripe shows and what our rows say; bought
 * credit is never touched.
 */
@NullMarked
package io.tollgate.billing.subscription;

import org.jspecify.annotations.NullMarked;
