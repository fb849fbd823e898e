/**
 * The whole module as the application wires it, on real stores.
 */
@NullMarked
package io.tollgate.metering.wiring;

import org.jspecify.annotations.NullMarked;
