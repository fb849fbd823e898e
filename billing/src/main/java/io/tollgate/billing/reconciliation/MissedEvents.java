package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.PublishedEvents.PublishedEvent;
import io.tollgate.billing.reconciliation.PublishedEvents.Which;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Events that Stripe still tells of and that never came in. */
public final class MissedEvents implements Comparison {

    private final MissingEvents missing;
    private final Duration lag;
    private final InstantSource clock;

    /** Younger events than {@code lag} are left to the webhook. */
    public MissedEvents(MissingEvents missing, Duration lag, InstantSource clock) {
        this.missing = missing;
        this.lag = lag;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Mono<Page> look(Period period, @Nullable String place) {
        return Mono.defer(() -> {
            Instant eldest = clock.instant().minus(EventRecovery.Reach.STRIPE_KEEPS);
            Instant youngest = clock.instant().minus(lag);
            Instant from = period.from().isBefore(eldest) ? eldest : period.from();
            Instant until = period.until().isBefore(youngest) ? period.until() : youngest;
            return from.isBefore(until)
                    ? missing.page(Which.ALL, new Period(from, until), place)
                            .map(page -> Page.of(page, findings(page.objects())))
                    : Mono.just(new Page(0, List.of(), null));
        });
    }

    private static List<Finding> findings(List<PublishedEvent> events) {
        return events.stream()
                .map(event -> Finding.of(Kind.MISSED_EVENT, event.id(), event.type() + " never came in")
                        .relatedTo(event.objectId())
                        .remediedBy(event.type(), event.id()))
                .toList();
    }
}
