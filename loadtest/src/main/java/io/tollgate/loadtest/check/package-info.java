/**
 * The conservation check: four witnesses (clients, Redis, Postgres, the provider) have to tell the same story, to the
 * micro-credit. The comparison is arithmetic on {@link io.tollgate.loadtest.check.Evidence}; where the evidence comes
 * from, and that it has come to rest, is the business of {@link io.tollgate.loadtest.check.ConservationCheck}.
 */
@NullMarked
package io.tollgate.loadtest.check;

import org.jspecify.annotations.NullMarked;
