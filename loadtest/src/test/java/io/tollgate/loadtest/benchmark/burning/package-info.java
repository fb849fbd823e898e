/** A gateway that uses up a known CPU time, to measure the measuring. */
@NullMarked
package io.tollgate.loadtest.benchmark.burning;

import org.jspecify.annotations.NullMarked;
