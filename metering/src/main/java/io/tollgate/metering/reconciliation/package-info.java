/**
 * Compares the live store and the book, account by account at one position, and the book with itself. Drift is told, never
 * repaired: whoever repairs it silently hides what made it.
 */
@NullMarked
package io.tollgate.metering.reconciliation;

import org.jspecify.annotations.NullMarked;
