/** The reconciler on real stores, with drift planted in either. */
@NullMarked
package io.tollgate.metering.reconciliation;

import org.jspecify.annotations.NullMarked;
