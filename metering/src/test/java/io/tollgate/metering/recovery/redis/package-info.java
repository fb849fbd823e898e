@NullMarked
package io.tollgate.metering.recovery.redis;

import org.jspecify.annotations.NullMarked;
