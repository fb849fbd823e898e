package io.tollgate.billing.reconciliation;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.reconciliation.PublishedEvents.PublishedEvent;
import io.tollgate.billing.reconciliation.PublishedEvents.Which;
import io.tollgate.billing.reconciliation.StripeRuns.Runner;
import io.tollgate.billing.webhook.StoredEvents;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts events that never came in into the inbox: first those that Stripe could not deliver, then, further behind, whatever there was,
 * since an endpoint that was switched off or never set up has nothing undelivered.
 */
public final class EventRecovery {

    /**
     * Which events are looked for.
     *
     * @param first how far back the first walk of an installation goes
     * @param lag younger events are left to the webhook
     * @param overlap how much of what was walked is walked again: Stripe's list need not be complete at once
     * @param pagesPerTurn the most pages of each walk in one turn
     */
    public record Reach(Duration first, Duration lag, Duration overlap, int pagesPerTurn) {

        /** Stripe tells of events for 30 days; a page that is asked for at their end is out of them a moment later. */
        static final Duration STRIPE_KEEPS = Duration.ofDays(30).minusMinutes(10);

        public Reach {
            if (pagesPerTurn < 1 || first.compareTo(lag) <= 0) {
                throw new IllegalArgumentException(
                        "recovery takes at least one page, and begins further back than the webhook is waited for");
            }
        }
    }

    /** With {@code lease}, how long a gateway may take for a page before another one walks on. */
    public record Terms(Reach reach, Duration lease) {}

    private static final Logger LOG = LoggerFactory.getLogger(EventRecovery.class);

    private final EventWalks walks;
    private final MissingEvents missing;
    private final StoredEvents inbox;
    private final Reach reach;
    private final Runner walker;
    private final InstantSource clock;
    private final MeterRegistry meters;

    public EventRecovery(
            EventWalks walks,
            MissingEvents missing,
            StoredEvents inbox,
            Terms terms,
            InstantSource clock,
            MeterRegistry meters) {
        this.walks = walks;
        this.missing = missing;
        this.inbox = inbox;
        this.reach = terms.reach();
        this.walker = new Runner(UUID.randomUUID().toString(), terms.lease());
        this.clock = clock;
        this.meters = meters;
    }

    /** Walks a while, unless another gateway does, and answers how many events it put into the inbox. */
    public Mono<Long> turn() {
        return Flux.just(Which.UNDELIVERED, Which.ALL).concatMap(this::walk).reduce(0L, Long::sum);
    }

    private Mono<Long> walk(Which which) {
        return walks.claim(which, walker)
                .mapNotNull(walk -> walk.begun(clock.instant(), reach))
                .flatMap(this::step)
                .expand(step -> step.walk().window() == null ? Mono.empty() : step(step.walk()))
                .take(reach.pagesPerTurn())
                .map(Step::recovered)
                .reduce(0L, Long::sum);
    }

    private record Step(EventWalk walk, long recovered) {}

    private Mono<Step> step(EventWalk walk) {
        Period window = walk.window();
        if (window == null) {
            return Mono.empty();
        }
        return missing.page(walk.which(), window, walk.after())
                .flatMap(page -> recovered(walk, page.objects())
                        .then(walks.note(walk.onTo(page.next()), page.objects().size(), walker))
                        .map(noted -> new Step(noted, page.objects().size())));
    }

    private Mono<Void> recovered(EventWalk walk, List<PublishedEvent> events) {
        return Flux.fromIterable(events)
                .concatMap(event -> inbox.store(event.id(), event.type(), event.objectId(), event.bytes())
                        .doOnSuccess(stored -> tell(walk, event)))
                .then();
    }

    private void tell(EventWalk walk, PublishedEvent event) {
        String which = walk.which().name().toLowerCase(Locale.ROOT);
        meters.counter("tollgate.webhook.recovered", "walk", which).increment();
        LOG.atInfo()
                .addKeyValue("event", event.id())
                .addKeyValue("type", event.type())
                .addKeyValue("object", event.objectId())
                .addKeyValue("walk", which)
                .log("webhook_recovered");
    }
}
