/**
 * Rating: what a call may cost and what it did cost. Pure arithmetic on integers.
 */
@NullMarked
package io.tollgate.metering.pricing;

import org.jspecify.annotations.NullMarked;
