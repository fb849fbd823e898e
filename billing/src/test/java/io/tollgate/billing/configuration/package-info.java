/** Tests of the package. */
@NullMarked
package io.tollgate.billing.configuration;

import org.jspecify.annotations.NullMarked;
