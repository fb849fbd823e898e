/** Unit tests. */
@NullMarked
package io.tollgate.metering.account;

import org.jspecify.annotations.NullMarked;
