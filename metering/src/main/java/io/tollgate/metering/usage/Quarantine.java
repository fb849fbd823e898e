package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Entries that could not be booked, and what an operator decides about them. */
public interface Quarantine {

    /** Where an entry stood in the streams; after a rollback another one may have stood there too. */
    record Place(Partition partition, EventPosition position) {

        /** As {@link #toString()} writes it. */
        public static Place parse(String text) {
            int at = text.indexOf('@');
            if (at < 0) {
                throw new IllegalArgumentException("not <partition>@<epoch>-<number>: " + text);
            }
            return new Place(
                    new Partition(Integer.parseInt(text, 0, at, 10)), EventPosition.parse(text.substring(at + 1)));
        }

        @Override
        public String toString() {
            return partition.number() + "@" + position;
        }
    }

    /**
     * An entry that waits for a decision.
     *
     * @param account empty if the entry names none that exists
     * @param event null if it could not be read: then it can only be discarded
     * @param content of the entry, as far as it can be printed
     */
    record Entry(
            Place place,
            String account,
            String reason,
            @Nullable UsageEvent event,
            String content,
            Instant since) {}

    /** What is to become of entries. */
    enum Decision {
        /** Booked after all, made to fit what the account has: what its lots cannot pay any more is debt. */
        BOOK,
        /** Never to be booked. What commands did is done again. */
        DISCARD
    }

    /** What became of a decision. */
    sealed interface Resolution {
        /** All of the account's entries are resolved, in the order they stood in. */
        record Resolved(long entries) implements Resolution {}

        /** Nothing of the account waits for a decision. */
        record NothingThere() implements Resolution {}

        /** Nothing has changed: this entry cannot be booked either way. */
        record Unbookable(Place place, String reason) implements Resolution {}
    }

    /** How much there is to decide. */
    record Waiting(long entries, long accounts) {}

    /** Those that wait, by their place, behind {@code after}; beyond {@code limit} only what shares the last one's place. */
    Flux<Entry> waiting(@Nullable Place after, int limit);

    Mono<Waiting> count();

    /**
     * Decides about all of the account's entries at once and lets it be booked again; it stays frozen until it is thawed. What the
     * live store has of it is then to be removed.
     */
    Mono<Resolution> resolve(AccountId account, Decision decision, String because);

    /** Discards what stood there and belongs to no account. */
    Mono<Resolution> discard(Place place, String because);

    /** Accounts whose entries are resolved and which the live store may still have as they were, at most {@code limit}. */
    Flux<AccountId> toRemove(int limit);

    /** The live store has it no more as it was. */
    Mono<Void> removed(AccountId account);
}
