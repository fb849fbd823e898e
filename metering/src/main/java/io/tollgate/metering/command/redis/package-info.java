/** Where commands take effect. */
@NullMarked
package io.tollgate.metering.command.redis;

import org.jspecify.annotations.NullMarked;
