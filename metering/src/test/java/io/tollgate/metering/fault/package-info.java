/**
 * Interrupting a gateway between any two I/O steps, for the tests of this module and of those above it.
 */
@NullMarked
package io.tollgate.metering.fault;

import org.jspecify.annotations.NullMarked;
