package io.tollgate.billing.simulation;

import static io.tollgate.metering.postgres.BookOfRecord.got;

import io.tollgate.billing.autotopup.AutoTopUpWatch;
import io.tollgate.billing.planchange.SettlementLoop;
import io.tollgate.billing.reconciliation.EventRecovery;
import io.tollgate.billing.reconciliation.Reconciler;
import io.tollgate.billing.refund.RefundFinisher;
import io.tollgate.billing.subscription.PlanSchedule;
import io.tollgate.billing.webhook.WebhookWorker;
import io.tollgate.metering.fault.Faults;
import io.tollgate.metering.fault.Faults.Way;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A gateway's work beside the requests, done when the run says so, and now and then cut off between two I/O steps. */
final class Gateway {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int KILLED = 25;
    private static final List<Way> WAYS = List.of(Way.values());
    private static final int STEPS_MOST = 40;
    private static final int ROUNDS_MOST = 200;

    private final Run run;
    private final Faults faults;

    Gateway(Run run, Faults faults) {
        this.run = run;
        this.faults = faults;
    }

    /** One turn of everything; perhaps it does not come to its end. */
    void work() {
        endLeases();
        if (run.chance(KILLED)) {
            die();
        } else {
            patiently(turn());
        }
    }

    private void patiently(Mono<Void> work) {
        try {
            work.block(PATIENCE);
        } catch (IllegalStateException timeout) {
            throw new AssertionError("it hangs; Postgres says:\n" + run.world.activity(), timeout);
        }
    }

    private void die() {
        killedOver(turn()).block(PATIENCE);
    }

    /** Empty if it was cut off. */
    <T> Mono<T> killedOver(Mono<T> work) {
        return Mono.defer(() -> {
            Way way = WAYS.get(run.random.nextInt(WAYS.size()));
            faults.strikeAt(1 + run.random.nextInt(STEPS_MOST), way);
            return work.takeUntilOther(faults.silence().publishOn(Schedulers.parallel()))
                    .onErrorComplete(_ -> faults.hasStruck())
                    .doFinally(_ -> {
                        if (faults.stop()) {
                            run.coverage.count(Coverage.KILLS);
                            run.note("  killed: " + way);
                        }
                    });
        });
    }

    /** Until nothing is left to be done, and Stripe has told of everything. */
    void workAllOff() {
        for (int round = 0; round < ROUNDS_MOST; round++) {
            endLeases();
            patiently(turn());
            if (round > 1
                    && waiting() == 0
                    && got(run.world.the(EventRecovery.class).turn()) == 0) {
                return;
            }
        }
        throw new AssertionError("events that nobody can handle: "
                + run.world.texts("SELECT type || ' ' || coalesce(object_id, '') || ': ' || coalesce(last_error, '')"
                        + " FROM webhook_event WHERE state NOT IN ('DONE', 'IGNORED')"));
    }

    private Mono<Void> turn() {
        return Mono.when(List.of(
                        run.world.the(WebhookWorker.class).drain(),
                        run.world.the(EventRecovery.class).turn(),
                        run.world.the(PlanSchedule.class).turn(),
                        run.world.the(AutoTopUpWatch.class).look(),
                        run.world.the(SettlementLoop.class).turn(),
                        run.world.the(RefundFinisher.class).finish(),
                        run.world.the(Reconciler.class).reconcile()))
                .then();
    }

    // Leases and pauses of orders and events are by the stores' clock, for which nobody waits here.
    private void endLeases() {
        patiently(Flux.just(
                        "UPDATE webhook_event SET due_at = now() WHERE state = 'WAITING'",
                        "UPDATE topup_order SET checks = 0, checked_at = now() - interval '1 day'",
                        "UPDATE plan_change SET look_at = now() - interval '1 day' WHERE settled_at IS NULL",
                        "UPDATE stripe_event_walk SET leased_until = now()",
                        "UPDATE refund_request SET checks = 0, checked_at = now() - interval '1 day'")
                .concatMap(sql -> run.owner.sql(sql).then())
                .then());
    }

    private long waiting() {
        return run.world.book().number("SELECT count(*) FROM webhook_event WHERE state NOT IN ('DONE', 'IGNORED')");
    }
}
