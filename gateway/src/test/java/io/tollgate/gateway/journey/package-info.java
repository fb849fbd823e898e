/** The whole path, as clients, payers and operators walk it: a gateway on real Postgres and Redis between two simulators. */
@NullMarked
package io.tollgate.gateway.journey;

import org.jspecify.annotations.NullMarked;
