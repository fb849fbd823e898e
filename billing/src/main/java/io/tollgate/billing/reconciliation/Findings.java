package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.Finding.Kind;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was found, on record. */
public interface Findings {

    /** Those of a run, in the order of their numbers from above {@code after} on. */
    Flux<RecordedFinding> of(long run, long after, int limit);

    /** Those to look after, whichever run saw them, newest first from below {@code before} on, 0 for from the newest. */
    Flux<RecordedFinding> open(long before, int limit);

    /** Open ones of these kinds that can be repaired and whose repair was begun less than {@code attempts} times, eldest first. */
    Flux<RecordedFinding> repairable(Set<Kind> kinds, int attempts, int limit);

    /** Empty if there is no such finding. */
    Mono<RecordedFinding> find(long number);

    /** Notes that the event for the next attempt is in the inbox; empty if it is no longer open. */
    Mono<RecordedFinding> repairing(long number, String event);

    /** Empty if it is not open. */
    Mono<RecordedFinding> dismiss(long number, String reason);

    /** Closes those whose event was handled, and opens those again whose event came to nothing. Answers how many. */
    Mono<Long> conclude();

    /** How many are open, being repaired included. */
    Mono<Map<Kind, Long>> standing();
}
