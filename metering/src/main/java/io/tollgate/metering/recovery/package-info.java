/**
 * Epochs: what happens when the live store has lost something it had acknowledged.
 */
@NullMarked
package io.tollgate.metering.recovery;

import org.jspecify.annotations.NullMarked;
