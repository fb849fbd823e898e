/** Plans in Postgres: one locked row for each account, and one SQL transaction for all that a decision comes to. */
@NullMarked
package io.tollgate.billing.subscription.postgres;

import org.jspecify.annotations.NullMarked;
