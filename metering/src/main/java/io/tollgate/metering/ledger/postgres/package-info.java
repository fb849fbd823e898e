/**
 * The ledger's tables.
 */
@NullMarked
package io.tollgate.metering.ledger.postgres;

import org.jspecify.annotations.NullMarked;
