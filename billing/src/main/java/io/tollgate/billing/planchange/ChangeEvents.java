package io.tollgate.billing.planchange;

import io.tollgate.billing.subscription.LookResult;
import io.tollgate.billing.subscription.Subscriptions;
import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.HashSet;
import java.util.Set;
import reactor.core.publisher.Mono;

/** What Stripe tells of changes that waited for their payment or for the period's end. */
public final class ChangeEvents implements EventHandler {

    private static final Set<String> OF_WAITING = Set.of(
            "customer.subscription.deleted",
            "customer.subscription.pending_update_applied",
            "customer.subscription.pending_update_expired");
    private static final Set<String> OF_SCHEDULES = Set.of(
            "subscription_schedule.created",
            "subscription_schedule.updated",
            "subscription_schedule.released",
            "subscription_schedule.canceled",
            "subscription_schedule.completed",
            "subscription_schedule.aborted");

    private final Settlement settlement;
    private final ChangeTill till;
    private final Subscriptions subscriptions;

    public ChangeEvents(Settlement settlement, ChangeTill till, Subscriptions subscriptions) {
        this.settlement = settlement;
        this.till = till;
        this.subscriptions = subscriptions;
    }

    @Override
    public Set<String> types() {
        Set<String> all = new HashSet<>(OF_WAITING);
        all.addAll(OF_SCHEDULES);
        return all;
    }

    @Override
    public Mono<Handling> handle(TakenEvent event) {
        String id = event.objectId();
        if (id == null) {
            return Mono.just(Handling.ignored());
        }
        return OF_WAITING.contains(event.type())
                ? settlement.lookAtWaiting(id).thenReturn(Handling.done())
                : schedule(id);
    }

    private Mono<Handling> schedule(String id) {
        return till.scheduled(id)
                .flatMap(subscriptions::look)
                .map(ChangeEvents::handling)
                .defaultIfEmpty(Handling.ignored());
    }

    private static Handling handling(LookResult result) {
        return switch (result) {
            case LookResult.Looked _ -> Handling.done();
            case LookResult.NotOurs _, LookResult.NotThere _ -> Handling.ignored();
            case LookResult.Later(String reason) -> new Handling.Later(reason);
        };
    }
}
