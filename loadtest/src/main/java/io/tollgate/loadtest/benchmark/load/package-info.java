/** The clients: closed loops and steady arrivals of chat calls over kept connections, on one thread. */
@NullMarked
package io.tollgate.loadtest.benchmark.load;

import org.jspecify.annotations.NullMarked;
