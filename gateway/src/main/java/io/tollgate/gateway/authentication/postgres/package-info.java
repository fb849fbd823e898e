/**
 * API keys in Postgres.
 */
@NullMarked
package io.tollgate.gateway.authentication.postgres;

import org.jspecify.annotations.NullMarked;
