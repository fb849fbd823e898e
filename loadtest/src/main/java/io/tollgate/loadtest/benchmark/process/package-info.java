/** Processes that the benchmark starts, their CPU time and their memory. */
@NullMarked
package io.tollgate.loadtest.benchmark.process;

import org.jspecify.annotations.NullMarked;
