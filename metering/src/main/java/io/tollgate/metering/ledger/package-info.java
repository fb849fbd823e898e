/**
 * Double entry: transactions whose signed entries sum to zero in each of their units. Append-only.
 */
@NullMarked
package io.tollgate.metering.ledger;

import org.jspecify.annotations.NullMarked;
