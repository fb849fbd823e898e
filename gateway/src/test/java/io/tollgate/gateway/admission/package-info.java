/** Tests of admission. */
@NullMarked
package io.tollgate.gateway.admission;

import org.jspecify.annotations.NullMarked;
