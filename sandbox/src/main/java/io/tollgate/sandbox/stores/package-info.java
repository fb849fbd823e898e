/**
 * Real Postgres and Redis for the sandbox run, tests and load tests: {@link io.tollgate.sandbox.stores.Stores} starts
 * a pair and owns it, {@link io.tollgate.sandbox.stores.SharedStores} is the one pair a test JVM shares. Servers are
 * containers where Docker runs, binaries from the class path elsewhere ({@code TOLLGATE_STORES=embedded|docker}
 * decides); only the binaries can be killed and paused.
 *
 * <p>A test class takes its own space: {@code SharedStores.instance().postgres().freshDatabase()} is an empty database
 * with the roles of production, {@code SharedStores.instance().redis().freshUri()} an empty logical Redis database.
 * Nothing here knows Tollgate's tables or keys.
 */
@NullMarked
package io.tollgate.sandbox.stores;

import org.jspecify.annotations.NullMarked;
