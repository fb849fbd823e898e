package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.usage.UsageBatch;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Illegible;
import org.jspecify.annotations.Nullable;

/**
 * What one flush takes from the streams.
 *
 * @param most entries
 * @param rejected the entry that Postgres does not take even by itself; null for none
 */
record Intake(int most, @Nullable Illegible rejected) {

    static Intake of(int most) {
        return new Intake(most, null);
    }

    boolean canNarrow() {
        return rejected == null;
    }

    Intake narrowed(RejectedBatchException rejection) {
        return rejection.entries() > 1 ? of(rejection.entries() / 2) : new Intake(1, rejection.first());
    }

    /** Hands the rejected entry on as what it is, unless another gateway has dealt with it meanwhile. */
    UsageBatch screened(UsageBatch batch) {
        return rejected == null
                ? batch
                : new UsageBatch(
                        batch.anchor(),
                        batch.entries().stream().map(this::screened).toList());
    }

    private UsageEntry screened(UsageEntry entry) {
        return rejected != null && entry.position().equals(rejected.position()) ? rejected : entry;
    }
}
