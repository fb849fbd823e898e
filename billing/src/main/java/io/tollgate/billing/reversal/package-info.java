/**
 * What goes back of a payment, as refunds and disputes, and the credit that goes with it: the one place that knows how much of a
 * grant belongs to which part of the money, in whatever order the news comes. Knows nothing of who asks for refunds, and why.
 */
@NullMarked
package io.tollgate.billing.reversal;

import org.jspecify.annotations.NullMarked;
