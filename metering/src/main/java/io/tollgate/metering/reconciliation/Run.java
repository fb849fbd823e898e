package io.tollgate.metering.reconciliation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run over all accounts, in the order of their ids.
 *
 * @param accounts how many there were when it began
 * @param moving of those checked, how many could not be compared
 * @param drifted of those checked, how many had drift
 * @param lastAccount up to where it has come, empty at the start
 * @param resumed how often another gateway took it over
 * @param finishedAt null while it runs
 */
public record Run(
        long id,
        Cause cause,
        State state,
        long accounts,
        long checked,
        long moving,
        long drifted,
        String lastAccount,
        int resumed,
        Instant startedAt,
        @Nullable Instant finishedAt) {

    /** Why it was begun. */
    public enum Cause {
        OPERATOR,
        NIGHTLY
    }

    /** Whether it is through. */
    public enum State {
        RUNNING,
        FINISHED
    }
}
