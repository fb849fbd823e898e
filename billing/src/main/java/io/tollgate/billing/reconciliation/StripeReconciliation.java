package io.tollgate.billing.reconciliation;

import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.reconciliation.StripeRuns.Runner;
import io.tollgate.billing.reconciliation.StripeRuns.Stage;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Works on the run there is, look by look. Every gateway asks for it; one gets it, and if that one dies the next goes on from the last
 * look that was noted. While Stripe is away the run stays where it is.
 */
public final class StripeReconciliation {

    /**
     * How it works.
     *
     * @param turn how long to go on before taking a breath
     * @param lease how long a gateway may take for a look before the run is another's
     * @param period how far back the night's run looks
     * @param patience a run that Stripe's absence has kept for longer is given up
     * @param attempts a comparison that fails this often at the same place, other than by an absence, is left undone
     * @param nightly when to begin the night's run, in UTC; null for never
     */
    public record Plan(
            Duration turn,
            Duration lease,
            Duration period,
            Duration patience,
            int attempts,
            @Nullable LocalTime nightly) {
        public Plan {
            if (attempts < 1 || lease.compareTo(turn) <= 0 || !period.isPositive()) {
                throw new IllegalArgumentException(
                        "a comparison is tried at least once, a lease outlasts the turn, and a"
                                + " period is longer than nothing");
            }
        }
    }

    /** A gateway that was down at the time makes up for it this long afterwards. */
    private static final Duration NIGHT = Duration.ofHours(2);

    private static final Logger LOG = LoggerFactory.getLogger(StripeReconciliation.class);

    private final StripeRuns runs;
    private final List<Comparison> comparisons;
    private final StripeReconciliationMeter meter;
    private final Plan plan;
    private final InstantSource clock;
    private final Runner runner;

    public StripeReconciliation(
            StripeRuns runs,
            List<Comparison> comparisons,
            StripeReconciliationMeter meter,
            Plan plan,
            InstantSource clock) {
        if (comparisons.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to compare");
        }
        this.runs = runs;
        this.comparisons = List.copyOf(comparisons);
        this.meter = meter;
        this.plan = plan;
        this.clock = clock;
        this.runner = new Runner(UUID.randomUUID().toString(), plan.lease());
    }

    /** Begins the night's run if it is time, and works a while on the run there is. */
    public Mono<Void> turn() {
        return beginNightly().then(Mono.defer(this::work));
    }

    private Mono<Void> beginNightly() {
        return Mono.defer(() -> {
            LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            LocalTime begin = plan.nightly();
            if (begin == null || now.toLocalTime().isBefore(begin)) {
                return Mono.empty();
            }
            Period period = new Period(clock.instant().minus(plan.period()), clock.instant());
            return Duration.between(begin, now.toLocalTime()).compareTo(NIGHT) < 0
                    ? runs.startNightly(now.toLocalDate(), period).then()
                    : Mono.empty();
        });
    }

    private Mono<Void> work() {
        long endNanos = System.nanoTime() + plan.turn().toNanos();
        return runs.claim(runner)
                .flatMap(this::look)
                .expand(run -> run.state() != StripeRun.State.RUNNING || System.nanoTime() - endNanos >= 0
                        ? Mono.empty()
                        : look(run))
                .then();
    }

    // Empty if the run has become another gateway's.
    private Mono<StripeRun> look(StripeRun run) {
        Comparison comparison = comparison(run.step());
        return comparison
                .look(run.period(), run.place())
                .timeout(plan.lease())
                .switchIfEmpty(
                        Mono.defer(() -> end(run, StripeRun.State.ABANDONED).then(Mono.empty())))
                .flatMap(page -> note(run, comparison, page))
                .onErrorResume(failure -> failed(run, comparison, failure));
    }

    private Mono<StripeRun> note(StripeRun run, Comparison comparison, Comparison.Page page) {
        Stage next = page.next() == null ? after(comparison) : new Stage(comparison.name(), page.next());
        return runs.advance(run, runner, page, next == null ? new Stage(comparison.name(), null) : next)
                .doOnNext(noted -> meter.found(run, page.findings()))
                .flatMap(noted -> next == null ? end(noted, StripeRun.State.FINISHED) : Mono.just(noted));
    }

    // The failure goes on to the loop, which then waits longer from one turn to the next.
    private Mono<StripeRun> failed(StripeRun run, Comparison comparison, Throwable failure) {
        return runs.failed(run, runner, String.valueOf(failure)).flatMap(noted -> {
            boolean passing =
                    failure instanceof StripeUnavailableException || failure instanceof StoreUnavailableException;
            if (passing) {
                Duration age = Duration.between(
                        noted.startedAt(), InstantSource.system().instant());
                return age.compareTo(plan.patience()) > 0 ? end(noted, StripeRun.State.ABANDONED) : Mono.error(failure);
            }
            return noted.failures() < plan.attempts() ? Mono.error(failure) : skip(noted, comparison, failure);
        });
    }

    private Mono<StripeRun> skip(StripeRun run, Comparison comparison, Throwable failure) {
        LOG.atError()
                .addKeyValue("run", run.id())
                .addKeyValue("comparison", comparison.name())
                .setCause(failure)
                .log("stripe_comparison_skipped");
        Stage next = after(comparison);
        return runs.skip(run, runner, comparison.name(), next == null ? new Stage(comparison.name(), null) : next)
                .flatMap(noted -> next == null ? end(noted, StripeRun.State.FINISHED) : Mono.just(noted));
    }

    private Mono<StripeRun> end(StripeRun run, StripeRun.State state) {
        return runs.end(run, runner, state).doOnNext(meter::ended);
    }

    // A comparison that a run was at and that there no longer is: the run begins anew.
    private Comparison comparison(String step) {
        return comparisons.stream()
                .filter(comparison -> comparison.name().equals(step))
                .findFirst()
                .orElse(comparisons.getFirst());
    }

    private @Nullable Stage after(Comparison comparison) {
        int next = comparisons.indexOf(comparison) + 1;
        return next == comparisons.size()
                ? null
                : new Stage(comparisons.get(next).name(), null);
    }
}
