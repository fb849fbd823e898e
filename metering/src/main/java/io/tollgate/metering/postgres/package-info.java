/**
 * What all Postgres adapters share: SQL beside the class that runs it, and how the driver's failures are told. For adapters only.
 */
@NullMarked
package io.tollgate.metering.postgres;

import org.jspecify.annotations.NullMarked;
