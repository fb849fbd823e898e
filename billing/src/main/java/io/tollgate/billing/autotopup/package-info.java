/**
 * Credit that is bought while nobody is there, from a card saved for it: when, how often at most, and what comes of it. Each attempt is
 * a row before Stripe hears of it, and at most one of an account is open.
 */
@NullMarked
package io.tollgate.billing.autotopup;

import org.jspecify.annotations.NullMarked;
