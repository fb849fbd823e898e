package io.tollgate.metering.reconciliation;

import java.time.Instant;

/**
 * Drift on record.
 *
 * @param run the run that saw it, 0 for the continuous look at active accounts
 * @param firstSeenAt by this run; the continuous look goes on seeing what nobody mends
 */
public record RecordedDrift(long number, long run, Drift drift, Instant firstSeenAt, Instant lastSeenAt) {}
