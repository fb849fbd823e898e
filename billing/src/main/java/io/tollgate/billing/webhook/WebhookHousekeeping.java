package io.tollgate.billing.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.webhook.StoredEvents.Standing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/** Forgets what is long done with, and shows what waits and what was given up. */
public final class WebhookHousekeeping {

    /** Stripe tells of an event for 30 days: what is forgotten sooner would look new when it is asked for all of them. */
    private static final Duration KEEP_LEAST = Duration.ofDays(31);

    private final StoredEvents events;
    private final Duration keep;
    private final int batch;
    private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing(0, 0));

    /** With {@code batch} the most that is forgotten in one turn. */
    public WebhookHousekeeping(StoredEvents events, Duration keep, int batch, MeterRegistry meters) {
        if (keep.compareTo(KEEP_LEAST) < 0 || batch < 1) {
            throw new IllegalArgumentException(
                    "webhook events are kept " + KEEP_LEAST.toDays() + " days at least, not " + keep.toDays());
        }
        this.events = events;
        this.keep = keep;
        this.batch = batch;
        Gauge.builder("tollgate.webhook.waiting", standing, it -> it.get().waiting())
                .description("webhook events not done with")
                .register(meters);
        Gauge.builder("tollgate.webhook.buried", standing, it -> it.get().buried())
                .description("webhook events given up, waiting for an operator")
                .register(meters);
    }

    /** One turn. */
    public Mono<Void> tidy() {
        return events.forget(keep, batch)
                .then(events.standing())
                .doOnNext(standing::set)
                .then();
    }
}
