/**
 * The log of commands in the book of record.
 */
@NullMarked
package io.tollgate.metering.command.postgres;

import org.jspecify.annotations.NullMarked;
