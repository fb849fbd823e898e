/** Netty as all parts of the benchmark use it: the load, the upstream and the bare proxy. */
@NullMarked
package io.tollgate.loadtest.benchmark.wire;

import org.jspecify.annotations.NullMarked;
