/** Placeholder. */
@NullMarked
package io.tollgate.loadtest;

import org.jspecify.annotations.NullMarked;
