/** What was measured, as tables. */
@NullMarked
package io.tollgate.loadtest.benchmark.report;

import org.jspecify.annotations.NullMarked;
