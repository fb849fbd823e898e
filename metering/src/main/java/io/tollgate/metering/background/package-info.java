/**
 * Work that nobody waits for: repeated in the background from start to shutdown. The one place that subscribes.
 */
@NullMarked
package io.tollgate.metering.background;

import org.jspecify.annotations.NullMarked;
