package io.tollgate.billing.reconciliation;

import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs on record. There is at most one at a time, and one gateway at a time works on it. */
public interface StripeRuns {

    /** What became of a request for a run. */
    sealed interface StartResult {
        record Started(StripeRun run) implements StartResult {}

        /** Another one is not through yet. */
        record StillRunning(StripeRun run) implements StartResult {}
    }

    /** Who works on a run, and how long it is theirs without a word. */
    record Runner(String name, Duration lease) {}

    /** Where a run goes on: in this comparison, at this place of it, null for its beginning. */
    record Stage(String step, @Nullable String place) {}

    /** Begins a run, for whichever gateway takes it up. */
    Mono<StartResult> start(Period period);

    /** Begins the night's run unless it was begun before; empty if so, or while another one runs. */
    Mono<StripeRun> startNightly(LocalDate night, Period period);

    /** The run to work on, which is the runner's until the lease has ended; empty if there is none or another one works on it. */
    Mono<StripeRun> claim(Runner runner);

    /** Notes what a look has found and where to go on, and renews the lease. Empty, and nothing noted, if the run is another's. */
    Mono<StripeRun> advance(StripeRun run, Runner runner, Comparison.Page page, Stage next);

    /** Notes a failure at this place. Empty if the run is another's; the same below. */
    Mono<StripeRun> failed(StripeRun run, Runner runner, String reason);

    /** Leaves a comparison undone. */
    Mono<StripeRun> skip(StripeRun run, Runner runner, String comparison, Stage next);

    Mono<StripeRun> end(StripeRun run, Runner runner, StripeRun.State state);

    /** Empty if there is no such run. */
    Mono<StripeRun> find(long id);

    /** Newest first, from below the id {@code before} on, 0 for from the newest. */
    Flux<StripeRun> all(long before, int limit);
}
