/**
 * The book's side of the comparison, and where runs and drift are kept.
 */
@NullMarked
package io.tollgate.metering.reconciliation.postgres;

import org.jspecify.annotations.NullMarked;
