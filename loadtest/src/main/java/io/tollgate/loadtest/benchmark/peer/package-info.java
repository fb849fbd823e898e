/** The gateways that are measured, each a process of its own. */
@NullMarked
package io.tollgate.loadtest.benchmark.peer;

import org.jspecify.annotations.NullMarked;
