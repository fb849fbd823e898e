package io.tollgate.metering.usage.postgres;

import io.tollgate.metering.usage.BatchBooking;
import io.tollgate.metering.usage.BatchOutcome;
import io.tollgate.metering.usage.BatchOutcome.Quarantined;
import io.tollgate.metering.usage.PartitionEntries;
import io.tollgate.metering.usage.Quarantine.Entry;
import io.tollgate.metering.usage.Quarantine.Place;
import io.tollgate.metering.usage.UsageEntry;
import io.tollgate.metering.usage.UsageEntry.Legible;
import io.tollgate.metering.usage.UsageEvent;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Books quarantined entries of one account after all, made to fit the book as it is now; in the caller's SQL transaction. */
final class LateBooking {

    private final StateRows state;
    private final OutcomeRows outcomes;

    LateBooking(StateRows state, OutcomeRows outcomes) {
        this.state = state;
        this.outcomes = outcomes;
    }

    /** An entry that the book does not take in any way. */
    static final class UnresolvableException extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Place place;
        private final String reason;

        UnresolvableException(Place place, String reason) {
            super(place + " cannot be booked: " + reason);
            this.place = place;
            this.reason = reason;
        }

        Place place() {
            return place;
        }

        String reason() {
            return reason;
        }
    }

    Mono<Void> book(List<Entry> entries) {
        return Mono.defer(() -> {
            List<UsageEntry> events = new ArrayList<>();
            for (Entry entry : entries) {
                UsageEvent event = entry.event();
                if (event == null) {
                    throw new UnresolvableException(entry.place(), "it could not be read: " + entry.reason());
                }
                events.add(new Legible(event));
            }
            Place first = entries.getFirst().place();
            return book(first, List.of(new PartitionEntries(first.partition(), events)));
        });
    }

    private Mono<Void> book(Place first, List<PartitionEntries> batch) {
        BatchKeys keys = BatchKeys.of(batch);
        return state.loadWhole(keys)
                .map(known -> BatchBooking.fitted(known, "quarantine " + first, batch))
                .map(LateBooking::wholly)
                .flatMap(outcomes::write)
                .onErrorMap(
                        RejectedBatchException::isToldBy,
                        failure -> new UnresolvableException(
                                first, "Postgres rejects it or what follows it: " + failure.getMessage()));
    }

    private static BatchOutcome wholly(BatchOutcome outcome) {
        if (!outcome.quarantined().isEmpty()) {
            Quarantined entry = outcome.quarantined().getFirst();
            throw new UnresolvableException(new Place(entry.partition(), entry.position()), entry.reason());
        }
        return outcome;
    }
}
