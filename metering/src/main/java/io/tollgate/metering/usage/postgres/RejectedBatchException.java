package io.tollgate.metering.usage.postgres;

import io.r2dbc.spi.R2dbcException;
import io.tollgate.metering.usage.PartitionEntries;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Illegible;
import io.tollgate.metering.usage.UsageEntry.Legible;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Postgres does not take what a batch says: a value out of range, a constraint broken. Trying again would not help. */
final class RejectedBatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String DATA_EXCEPTION = "22";
    private static final String INTEGRITY_VIOLATION = "23";

    private final int entries;
    private final transient Illegible first;

    private RejectedBatchException(int entries, Illegible first, Throwable cause) {
        super("Postgres rejected a batch of " + entries + " events from " + first.position(), cause);
        this.entries = entries;
        this.first = first;
    }

    /** Only what an event's own values can cause: a missing table or right would send all of them to quarantine. */
    static boolean isToldBy(Throwable failure) {
        String state = sqlState(failure);
        return state != null && (state.startsWith(DATA_EXCEPTION) || state.startsWith(INTEGRITY_VIOLATION));
    }

    static RejectedBatchException of(List<PartitionEntries> batch, Throwable cause) {
        int entries = batch.stream().mapToInt(read -> read.entries().size()).sum();
        UsageEntry first = batch.getFirst().entries().getFirst();
        return new RejectedBatchException(entries, asRejected(first, cause), cause);
    }

    int entries() {
        return entries;
    }

    /** The batch's first entry, as it would go to quarantine. */
    Illegible first() {
        return first;
    }

    private static Illegible asRejected(UsageEntry entry, Throwable cause) {
        return switch (entry) {
            case Illegible illegible -> illegible;
            case Legible(var event) ->
                new Illegible(
                        event.position(),
                        event.account().value(),
                        event.toString(),
                        "Postgres rejected it with SQLSTATE " + sqlState(cause),
                        event);
        };
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof R2dbcException told) {
                return told.getSqlState();
            }
        }
        return null;
    }
}
