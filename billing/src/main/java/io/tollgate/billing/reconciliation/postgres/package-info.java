/**
 * Runs, findings and walks in Postgres, and what the book has of the things that Stripe is asked about.
 */
@NullMarked
package io.tollgate.billing.reconciliation.postgres;

import org.jspecify.annotations.NullMarked;
