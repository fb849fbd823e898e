package io.tollgate.metering.kept;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.EventPosition;

/**
 * A settle that the live store has acknowledged.
 *
 * @param acknowledged its event stands here or before, as far as the live store kept its word
 * @param sinceNanos by {@link System#nanoTime()}
 */
public record KeptSettle(
        AccountId account, HoldId hold, Ending.Settle settle, EventPosition acknowledged, long sinceNanos) {}
