/** A gateway with a provider behind it that can be told to lie. */
@NullMarked
package io.tollgate.loadtest.fake;

import org.jspecify.annotations.NullMarked;
