package io.tollgate.billing.shortage;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Remembers which accounts had calls refused, one entry each, until a turn of a loop tells the listeners. Reporting is a look into a
 * map: it waits for nothing, fails for no reason and, where too many accounts wait already, forgets.
 */
public final class Shortages {

    private static final Logger LOG = LoggerFactory.getLogger(Shortages.class);

    private final ConcurrentMap<AccountId, Shortage> waiting = new ConcurrentHashMap<>();
    private final List<ShortageListener> listeners;
    private final ShortageSettings settings;
    private final MeterRegistry meters;
    private final Map<Shortage.Reason, Counter> reported = new EnumMap<>(Shortage.Reason.class);
    private final Counter dropped;

    public Shortages(Collection<ShortageListener> listeners, ShortageSettings settings, MeterRegistry meters) {
        this.listeners = List.copyOf(listeners);
        this.settings = settings;
        this.meters = meters;
        for (Shortage.Reason reason : Shortage.Reason.values()) {
            reported.put(reason, meters.counter("tollgate.shortage.reported", "reason", reason.text()));
        }
        this.dropped = meters.counter("tollgate.shortage.dropped");
        Gauge.builder("tollgate.shortage.waiting", waiting, Map::size).register(meters);
    }

    /** May be called on an event loop, for every refused call. */
    public void report(Shortage shortage) {
        requireNonNull(reported.get(shortage.reason())).increment();
        if (listeners.isEmpty()) {
            return;
        }
        // Threads that come at the same moment may go over the bound, by no more than there are of them.
        if (waiting.size() >= settings.accountsMax() && !waiting.containsKey(shortage.account())) {
            dropped.increment();
            return;
        }
        waiting.merge(shortage.account(), shortage, Shortage::graver);
    }

    /** Tells all listeners of the accounts that wait now. */
    public Mono<Void> tell() {
        return Flux.defer(() -> Flux.fromIterable(List.copyOf(waiting.keySet())))
                .flatMap(this::tell, settings.concurrency())
                .then();
    }

    // Taken out before it is told: what is reported meanwhile is told in the next turn.
    private Mono<Void> tell(AccountId account) {
        Shortage shortage = waiting.remove(account);
        return shortage == null
                ? Mono.empty()
                : Flux.fromIterable(listeners)
                        .concatMap(listener -> tell(listener, shortage))
                        .then();
    }

    private Mono<Void> tell(ShortageListener listener, Shortage shortage) {
        return Mono.defer(() -> listener.refused(shortage))
                .timeout(settings.patience())
                .doOnSuccess(_ -> count(listener, "told"))
                .onErrorResume(failure -> {
                    count(listener, "failed");
                    LOG.atWarn()
                            .addKeyValue("account", shortage.account())
                            .addKeyValue("listener", listener.name())
                            .addKeyValue("reason", failure)
                            .log("shortage_untold");
                    return Mono.empty();
                });
    }

    private void count(ShortageListener listener, String outcome) {
        meters.counter("tollgate.shortage.told", "listener", listener.name(), "outcome", outcome)
                .increment();
    }
}
