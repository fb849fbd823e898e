package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.PublishedEvents.PublishedEvent;
import io.tollgate.billing.reconciliation.PublishedEvents.Which;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What the inbox lacks of a page of Stripe's events. */
public final class MissingEvents {

    private final PublishedEvents published;
    private final KnownEvents known;
    private final Set<String> types;

    /** With the types that somebody handles. */
    public MissingEvents(PublishedEvents published, KnownEvents known, Set<String> types) {
        this.published = published;
        this.known = known;
        this.types = Set.copyOf(types);
    }

    Mono<Listed<PublishedEvent>> page(Which which, Period period, @Nullable String after) {
        return published.page(which, types, period, after).flatMap(this::lacking);
    }

    private Mono<Listed<PublishedEvent>> lacking(Listed<PublishedEvent> page) {
        List<String> ids = page.objects().stream().map(PublishedEvent::id).toList();
        return known.missing(ids)
                .collectList()
                .map(Set::copyOf)
                .map(lacking -> new Listed<>(
                        page.objects().stream()
                                .filter(event -> lacking.contains(event.id()))
                                .toList(),
                        page.next()));
    }
}
