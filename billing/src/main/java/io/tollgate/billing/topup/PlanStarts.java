package io.tollgate.billing.topup;

import io.tollgate.billing.order.Order;
import reactor.core.publisher.Mono;

/**
 * Told of subscriptions that a checkout began, before the order is closed, so that whoever returns from paying finds the plan there.
 * May be told of the same one any number of times; an error has it told again.
 */
@FunctionalInterface
public interface PlanStarts {

    Mono<Void> begun(Order order, String subscriptionId);
}
