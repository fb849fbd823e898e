/**
 * What owners do about the plan they have: change, end, keep and pause it. Stripe is asked, and then looked at: the book of plans
 * follows what Stripe shows, whoever made it so.
 */
@NullMarked
package io.tollgate.billing.planchange;

import org.jspecify.annotations.NullMarked;
