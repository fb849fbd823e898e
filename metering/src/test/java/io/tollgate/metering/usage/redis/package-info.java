@NullMarked
package io.tollgate.metering.usage.redis;

import org.jspecify.annotations.NullMarked;
