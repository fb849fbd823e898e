/** Unit tests. */
@NullMarked
package io.tollgate.metering.credit;

import org.jspecify.annotations.NullMarked;
