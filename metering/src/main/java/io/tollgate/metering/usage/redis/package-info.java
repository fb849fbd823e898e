/** Usage events in Redis: one stream per partition, appended to by the scripts that decide. */
@NullMarked
package io.tollgate.metering.usage.redis;

import org.jspecify.annotations.NullMarked;
