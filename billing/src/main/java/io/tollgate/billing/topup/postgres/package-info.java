/**
 * The one SQL transaction that closes an order and gives its credit.
 */
@NullMarked
package io.tollgate.billing.topup.postgres;

import org.jspecify.annotations.NullMarked;
