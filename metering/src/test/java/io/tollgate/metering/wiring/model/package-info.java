/**
 * The whole of metering against a model of it, under random use and random misfortune. What must be true afterwards is said in
 * {@link io.tollgate.metering.wiring.model.Told} (of the ends of holds, whatever was lost) and {@link
 * io.tollgate.metering.wiring.model.WholeComparison} (of everything).
 */
@NullMarked
package io.tollgate.metering.wiring.model;

import org.jspecify.annotations.NullMarked;
