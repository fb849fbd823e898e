/** Gatling simulations. Each creates its own accounts, writes down what its calls were told and ends with the check. */
@NullMarked
package io.tollgate.loadtest.simulation;

import org.jspecify.annotations.NullMarked;
