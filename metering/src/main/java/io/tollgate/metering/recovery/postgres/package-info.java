/**
 * The epochs of the partitions, kept with their flush cursors.
 */
@NullMarked
package io.tollgate.metering.recovery.postgres;

import org.jspecify.annotations.NullMarked;
