/** What the adapters cost, measured through the module as it is started in production. Main classes, started by the profile {@code benchmark}. */
@NullMarked
package io.tollgate.metering.benchmark;

import org.jspecify.annotations.NullMarked;
