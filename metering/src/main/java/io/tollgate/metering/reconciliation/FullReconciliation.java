package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
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
 * Works on the run there is, page by page. Every gateway asks for it; one gets it, and if that one dies the next goes on from the
 * last page that was noted.
 */
public final class FullReconciliation {

    /**
     * How it works.
     *
     * @param page accounts between two notes of progress
     * @param turn how long to go on before taking a breath
     * @param lease how long a gateway may take for a page before the run is another's
     * @param nightly when to begin the night's run, in UTC; null for never
     */
    public record Plan(
            int page,
            Duration turn,
            Duration lease,
            @Nullable LocalTime nightly) {
        public Plan {
            if (page < 1 || lease.compareTo(turn) <= 0) {
                throw new IllegalArgumentException("a page starts at 1 account, and the lease outlasts the turn");
            }
        }
    }

    /** A gateway that was down at the time makes up for it this long afterwards. */
    private static final Duration NIGHT = Duration.ofHours(2);

    private static final Logger LOG = LoggerFactory.getLogger(FullReconciliation.class);

    private final String runner = UUID.randomUUID().toString();
    private final Runs runs;
    private final Reconciler reconciler;
    private final ReconciliationMeter meter;
    private final Plan plan;
    private final InstantSource clock;

    public FullReconciliation(
            Runs runs, Reconciler reconciler, ReconciliationMeter meter, Plan plan, InstantSource clock) {
        this.runs = runs;
        this.reconciler = reconciler;
        this.meter = meter;
        this.plan = plan;
        this.clock = clock;
    }

    /** Begins the night's run if it is time, and works a while on the run there is. */
    public Mono<Void> turn() {
        return beginNightly().then(Mono.defer(this::work));
    }

    private Mono<Void> beginNightly() {
        return Mono.defer(() -> {
            LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
            LocalTime begin = plan.nightly();
            if (begin == null || Duration.between(begin, now.toLocalTime()).isNegative()) {
                return Mono.empty();
            }
            return Duration.between(begin, now.toLocalTime()).compareTo(NIGHT) < 0
                    ? runs.startNightly(now.toLocalDate()).then()
                    : Mono.empty();
        });
    }

    private Mono<Void> work() {
        long endNanos = System.nanoTime() + plan.turn().toNanos();
        return runs.claim(runner, plan.lease())
                .flatMap(this::page)
                .expand(run -> run.state() == Run.State.FINISHED || System.nanoTime() - endNanos >= 0
                        ? Mono.empty()
                        : page(run))
                .then();
    }

    /** Empty if the run has become another gateway's. */
    private Mono<Run> page(Run run) {
        return runs.next(run, plan.page())
                .collectList()
                .flatMap(accounts -> accounts.isEmpty() ? finish(run) : compare(run, accounts))
                .timeout(plan.lease());
    }

    private Mono<Run> compare(Run run, List<AccountId> accounts) {
        return reconciler
                .look(accounts, Depth.EVENTS)
                .flatMap(findings -> runs.advance(run, runner, plan.lease(), accounts.getLast(), findings)
                        .doOnNext(noted -> meter.found(findings)));
    }

    private Mono<Run> finish(Run run) {
        return runs.finish(run, runner)
                .doOnNext(done -> LOG.info(
                        "Reconciliation {} is through: {} accounts, {} drifted, {} moving",
                        done.id(),
                        done.checked(),
                        done.drifted(),
                        done.moving()));
    }
}
