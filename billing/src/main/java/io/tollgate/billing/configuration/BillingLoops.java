package io.tollgate.billing.configuration;

import io.tollgate.billing.reconciliation.Reconciler;
import io.tollgate.billing.webhook.WebhookInbox;
import io.tollgate.billing.webhook.WebhookWorker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What runs beside the requests while the application does: the inbox, worked off as deliveries arrive and again at an interval,
 * and the reconciler. Rounds of one loop never overlap; a signal during a round starts one more after it.
 */
final class BillingLoops implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BillingLoops.class);

    private final Flux<?> loops;
    private Disposable.Swap running = Disposables.swap();

    BillingLoops(WebhookInbox inbox, WebhookWorker worker, Reconciler reconciler, BillingProperties properties) {
        Flux<?> inboxSignals =
                Flux.merge(inbox.arrivals(), every(properties.webhook().scanInterval()));
        Flux<?> reconcilerSignals = every(properties.reconciler().interval());
        loops = Flux.merge(
                loop("webhooks", inboxSignals, worker.drain()),
                loop("reconciler", reconcilerSignals, reconciler.reconcile()));
    }

    @Override
    public void start() {
        running = Disposables.swap();
        running.update(loops.subscribe());
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return running.get() != null && !running.isDisposed();
    }

    private static Flux<?> every(Duration interval) {
        return Flux.interval(interval).onBackpressureDrop();
    }

    private static Flux<Long> loop(String name, Flux<?> signals, Mono<Long> round) {
        return signals.onBackpressureLatest().concatMap(_ -> survived(name, round), 1);
    }

    // The one place where any failure is let pass: a loop that ended with its first failure would end for good.
    private static Mono<Long> survived(String name, Mono<Long> round) {
        return round.onErrorResume(failure -> {
            LOG.atWarn().setCause(failure).addKeyValue("loop", name).log("billing_round_failed");
            return Mono.empty();
        });
    }
}
