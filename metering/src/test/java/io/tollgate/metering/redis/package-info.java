@NullMarked
package io.tollgate.metering.redis;

import org.jspecify.annotations.NullMarked;
