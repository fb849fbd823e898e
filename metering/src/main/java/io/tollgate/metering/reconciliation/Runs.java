package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import java.time.Duration;
import java.time.LocalDate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs in the book of record. There is at most one at a time, and one gateway at a time works on it. */
public interface Runs {

    /** What became of a request for a run. */
    sealed interface StartResult {
        record Started(Run run) implements StartResult {}

        /** Another one is not through yet. */
        record StillRunning(Run run) implements StartResult {}
    }

    /** Begins a run, for whichever gateway takes it up. */
    Mono<StartResult> start();

    /** Begins the night's run unless it was begun before; empty if so, or while another one runs. */
    Mono<Run> startNightly(LocalDate night);

    /** The run to work on, which is the runner's until the lease has ended; empty if there is none or another one works on it. */
    Mono<Run> claim(String runner, Duration lease);

    /** The next accounts of the run. */
    Flux<AccountId> next(Run run, int limit);

    /** Notes what was found up to {@code last} and renews the lease. Empty, and nothing noted, if the run is another's meanwhile. */
    Mono<Run> advance(Run run, String runner, Duration lease, AccountId last, Findings findings);

    /** Empty if the run is another's meanwhile. */
    Mono<Run> finish(Run run, String runner);

    /** Empty if there is no such run. */
    Mono<Run> find(long id);

    /** Newest first, from below the id {@code before} on, 0 for from the newest. */
    Flux<Run> all(long before, int limit);
}
