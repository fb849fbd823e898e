/** Epochs in Redis: the head of each partition. */
@NullMarked
package io.tollgate.metering.recovery.redis;

import org.jspecify.annotations.NullMarked;
