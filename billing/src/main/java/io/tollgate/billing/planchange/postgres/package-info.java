/** Changes of plans in Postgres. */
@NullMarked
package io.tollgate.billing.planchange.postgres;

import org.jspecify.annotations.NullMarked;
