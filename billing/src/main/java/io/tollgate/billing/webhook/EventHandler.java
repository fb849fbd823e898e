package io.tollgate.billing.webhook;

import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * What a feature does about Stripe's events. Stripe repeats and reorders deliveries, so an event only says where to look: handlers
 * fetch the object as it is now, compare it with our rows and append what is missing. Handling an event again, or a younger one
 * before an older one, must come to the same.
 */
public interface EventHandler {

    /** Stripe's names of the events it wants. Several handlers may want the same: each is asked. */
    Set<String> types();

    /** Never empty. An error is as good as {@link Handling.Later}. */
    Mono<Handling> handle(TakenEvent event);
}
