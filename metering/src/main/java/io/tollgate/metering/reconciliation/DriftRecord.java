package io.tollgate.metering.reconciliation;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Drift that was found, for operators to look at. */
public interface DriftRecord {

    /** Keeps what the continuous look has found and raises an incident for each account and kind that has none open. */
    Mono<Void> keep(List<Drift> drifts);

    /** Newest first, from below the number {@code before} on, 0 for from the newest. */
    Flux<RecordedDrift> all(long before, int limit);

    /** What the run has found, in the order of finding, from behind the number {@code after} on. */
    Flux<RecordedDrift> of(long run, long after, int limit);
}
