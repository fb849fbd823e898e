/**
 * What operators have changed of the catalog, in Postgres.
 */
@NullMarked
package io.tollgate.billing.catalog.postgres;

import org.jspecify.annotations.NullMarked;
