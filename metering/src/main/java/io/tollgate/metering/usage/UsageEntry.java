package io.tollgate.metering.usage;

import org.jspecify.annotations.Nullable;

/** One entry of a partition's usage stream. */
public sealed interface UsageEntry {

    EventPosition position();

    /** Tells the entry from another one that was given the same number; empty where that cannot be told. */
    String mark();

    /** An event as it was written. */
    record Legible(UsageEvent event) implements UsageEntry {
        @Override
        public EventPosition position() {
            return event.position();
        }

        @Override
        public String mark() {
            return event.kind() + ":" + event.id();
        }
    }

    /**
     * An entry that is no event this version knows: for the quarantine.
     *
     * @param account as the entry names it, empty if it does not
     * @param fields the entry's fields and values as they stand in the stream, escaped to printable text
     * @param event null, unless the entry could be read and it is Postgres that does not take it
     */
    record Illegible(
            EventPosition position,
            String account,
            String fields,
            String reason,
            @Nullable UsageEvent event) implements UsageEntry {

        public Illegible(EventPosition position, String account, String fields, String reason) {
            this(position, account, fields, reason, null);
        }

        /** What cannot be read another version may be able to read. */
        @Override
        public String mark() {
            return event == null ? "" : new Legible(event).mark();
        }
    }
}
