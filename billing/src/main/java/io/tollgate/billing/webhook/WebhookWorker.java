package io.tollgate.billing.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.Collection;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Works the inbox off. Any number of gateways may do so at once; an event that fails is tried again, and in the end given up. */
public final class WebhookWorker {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookWorker.class);
    private static final int BATCHES_MAX = 1_000;

    private final StoredEvents events;
    private final EventHandlers handlers;
    private final WebhookSettings settings;
    private final MeterRegistry meters;

    public WebhookWorker(
            StoredEvents events, Collection<EventHandler> handlers, WebhookSettings settings, MeterRegistry meters) {
        this.events = events;
        this.handlers = new EventHandlers(handlers);
        this.settings = settings;
        this.meters = meters;
    }

    /** Handles what is due and answers how many events that was. */
    public Mono<Long> drain() {
        return batch().repeat(BATCHES_MAX)
                .takeUntil(handled -> handled < settings.batch())
                .reduce(0L, Long::sum);
    }

    private Mono<Long> batch() {
        return events.take(settings.batch(), settings.lease())
                .flatMap(event -> handle(event).thenReturn(event), settings.concurrency())
                .count();
    }

    // One event's failure, whatever it is, must not keep the others waiting; it is kept with the event.
    private Mono<Void> handle(TakenEvent event) {
        return handlers.handle(event)
                .timeout(settings.patience())
                .flatMap(handling -> conclude(event, handling))
                .onErrorResume(failure -> tryLater(event, String.valueOf(failure)));
    }

    private Mono<Void> conclude(TakenEvent event, Handling handling) {
        return switch (handling) {
            case Handling.Closed(var closing) -> {
                count(event, closing.name());
                yield events.close(event.id(), closing);
            }
            case Handling.Later(String reason) -> tryLater(event, reason);
        };
    }

    private Mono<Void> tryLater(TakenEvent event, String reason) {
        if (event.attempts() < settings.attemptsMax()) {
            count(event, "POSTPONED");
            LOG.atWarn()
                    .addKeyValue("event", event.id())
                    .addKeyValue("attempts", event.attempts())
                    .addKeyValue("reason", reason)
                    .log("webhook_postponed");
            return events.postpone(event.id(), settings.retryAfter(event.attempts()), reason);
        }
        count(event, "BURIED");
        LOG.atError()
                .addKeyValue("event", event.id())
                .addKeyValue("type", event.type())
                .addKeyValue("reason", reason)
                .log("webhook_given_up");
        return events.bury(event.id(), reason);
    }

    // The type is Stripe's, signed, and of a bounded set; what we ignore is counted together all the same.
    private void count(TakenEvent event, String outcome) {
        String type = handlers.types().contains(event.type()) ? event.type() : "other";
        meters.counter("tollgate.webhook.handled", "type", type, "outcome", outcome.toLowerCase(Locale.ROOT))
                .increment();
    }
}
