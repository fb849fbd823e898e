/** Tests of the package. */
@NullMarked
package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.NullMarked;
