/** The live store as tests see it: real Redis, or a model of it in memory. */
@NullMarked
package io.tollgate.metering.live;

import org.jspecify.annotations.NullMarked;
