/** That the benchmark measures what it says. */
@NullMarked
package io.tollgate.loadtest.benchmark;

import org.jspecify.annotations.NullMarked;
