/** Tests of the package. */
@NullMarked
package io.tollgate.billing.stripe;

import org.jspecify.annotations.NullMarked;
