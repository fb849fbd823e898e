/** Placeholder. */
@NullMarked
package io.tollgate.billing;

import org.jspecify.annotations.NullMarked;
