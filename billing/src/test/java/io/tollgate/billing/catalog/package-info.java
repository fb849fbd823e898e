/** Tests of the package. */
@NullMarked
package io.tollgate.billing.catalog;

import org.jspecify.annotations.NullMarked;
