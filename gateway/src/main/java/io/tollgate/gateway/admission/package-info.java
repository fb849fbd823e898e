/**
 * What a call may cost, the hold on it, and the one end of every hold.
 */
@NullMarked
package io.tollgate.gateway.admission;

import org.jspecify.annotations.NullMarked;
