package io.tollgate.billing.reconciliation;

import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.Orders;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.TopUps;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Asks Stripe about orders whose end nobody has told us, a bounded number at a time and ever more rarely. */
public final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Orders orders;
    private final Till till;
    private final TopUps topUps;
    private final ReconcilerSettings settings;
    private final InstantSource clock;

    public Reconciler(Orders orders, Till till, TopUps topUps, ReconcilerSettings settings, InstantSource clock) {
        this.orders = orders;
        this.till = till;
        this.topUps = topUps;
        this.settings = settings;
        this.clock = clock;
    }

    /** Looks after the orders that are due and answers how many those were. */
    public Mono<Long> reconcile() {
        return orders.takeDue(settings.firstCheck(), settings.longestPause(), settings.batch())
                .flatMap(order -> check(order).thenReturn(order), settings.concurrency())
                .count();
    }

    // An order that cannot be looked after now, whatever the reason, is due again later; the others do not wait for it.
    private Mono<Void> check(Order order) {
        return (order.sessionId() == null ? find(order) : fulfil(order.sessionId())).onErrorResume(failure -> {
            LOG.atWarn()
                    .addKeyValue("order", order.id())
                    .addKeyValue("reason", failure)
                    .log("reconciliation_unanswered");
            return Mono.empty();
        });
    }

    private Mono<Void> fulfil(String sessionId) {
        return topUps.fulfil(sessionId, AskedBy.RECONCILER).then();
    }

    private Mono<Void> find(Order order) {
        return till.sessionOf(order)
                .flatMap(session -> orders.opened(order.id(), session.id())
                        .then(fulfil(session.id()))
                        .thenReturn(session))
                .switchIfEmpty(Mono.defer(() -> closeIfOver(order).then(Mono.empty())))
                .then();
    }

    private Mono<Void> closeIfOver(Order order) {
        return clock.instant().isAfter(order.sessionExpiresAt())
                ? orders.moveTo(order.id(), OrderState.EXPIRED)
                : Mono.empty();
    }
}
