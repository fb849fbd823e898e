package io.tollgate.billing.reconciliation;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The events that Stripe itself still knows of: those of its last 30 days. */
public interface PublishedEvents {

    /**
     * An event.
     *
     * @param objectId null where the object has none
     * @param body as a delivery would have it
     */
    record PublishedEvent(String id, String type, @Nullable String objectId, String body) {
        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Which events. */
    enum Which {
        ALL,
        /** Those that Stripe has not got rid of at every endpoint. */
        UNDELIVERED
    }

    /**
     * A page of those of these types, youngest first as far as they are asked for at once. Empty if there is no key to ask Stripe with.
     *
     * @param place what the page before answered as the next; one that Stripe no longer knows begins anew
     */
    Mono<Listed<PublishedEvent>> page(Which which, Set<String> types, Period period, @Nullable String place);

    /** Empty if Stripe has no such event, or no longer. */
    Mono<PublishedEvent> find(String id);
}
