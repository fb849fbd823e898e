/** Measures what a call costs in a gateway, beside its peers, in one run on one machine. Speaks HTTP, and starts every process it measures itself. */
@NullMarked
package io.tollgate.loadtest.benchmark;

import org.jspecify.annotations.NullMarked;
