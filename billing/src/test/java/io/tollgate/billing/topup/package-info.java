/** Tests of the package. */
@NullMarked
package io.tollgate.billing.topup;

import org.jspecify.annotations.NullMarked;
