/** Epochs in Redis: the head of each partition, and the holds that outlive an epoch. */
@NullMarked
package io.tollgate.metering.recovery.redis;

import org.jspecify.annotations.NullMarked;
