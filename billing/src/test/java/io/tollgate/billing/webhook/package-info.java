/** Tests of the package. */
@NullMarked
package io.tollgate.billing.webhook;

import org.jspecify.annotations.NullMarked;
