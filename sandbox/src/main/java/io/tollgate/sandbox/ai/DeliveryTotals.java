package io.tollgate.sandbox.ai;

/** Sums over deliveries, also those that are no longer kept. Prompt tokens count for every answer that began. */
public record DeliveryTotals(long answers, long finished, long promptTokens, long deliveredTokens) {
    static final DeliveryTotals NONE = new DeliveryTotals(0, 0, 0, 0);

    DeliveryTotals plus(Delivery delivery) {
        return new DeliveryTotals(
                answers + 1,
                finished + (delivery.isFinished() ? 1 : 0),
                promptTokens + delivery.promptTokens(),
                deliveredTokens + delivery.deliveredTokens());
    }

    DeliveryTotals minus(Delivery delivery) {
        return new DeliveryTotals(
                answers - 1,
                finished - (delivery.isFinished() ? 1 : 0),
                promptTokens - delivery.promptTokens(),
                deliveredTokens - delivery.deliveredTokens());
    }
}
