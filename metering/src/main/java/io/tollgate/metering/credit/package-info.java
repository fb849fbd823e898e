/**
 * Exact amounts of credit. Knows nothing of accounts, holds or money.
 */
@NullMarked
package io.tollgate.metering.credit;

import org.jspecify.annotations.NullMarked;
