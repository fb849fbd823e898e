package io.tollgate.gateway.admin;

import io.tollgate.metering.usage.Quarantine.Entry;
import io.tollgate.metering.usage.UsageEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A page of what waits for a decision.
 *
 * @param next to be passed as {@code after}; null on the last page
 */
@JsonNaming(SnakeCaseStrategy.class)
record QuarantineBody(List<EntryBody> entries, @Nullable String next) {

    static QuarantineBody of(List<Entry> page, int limit) {
        return new QuarantineBody(
                page.stream().map(EntryBody::of).toList(),
                page.size() >= limit ? page.getLast().place().toString() : null);
    }

    /**
     * An entry.
     *
     * @param account null if it belongs to none
     * @param event null if it could not be read
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record EntryBody(
            String place,
            @Nullable String account,
            String reason,
            String since,
            @Nullable EventBody event,
            String content) {

        static EntryBody of(Entry entry) {
            return new EntryBody(
                    entry.place().toString(),
                    entry.account().isEmpty() ? null : entry.account(),
                    entry.reason(),
                    entry.since().toString(),
                    entry.event() == null ? null : EventBody.of(entry.event()),
                    entry.content());
        }
    }

    /** What the live store decided. */
    @JsonNaming(SnakeCaseStrategy.class)
    record EventBody(String kind, String id, long chargedMicros, long debtChangeMicros, long postedAfterMicros) {

        static EventBody of(UsageEvent event) {
            return new EventBody(
                    event.kind().name(),
                    event.id(),
                    event.charged().micros(),
                    event.debtChangeMicros(),
                    event.postedAfterMicros());
        }
    }
}
