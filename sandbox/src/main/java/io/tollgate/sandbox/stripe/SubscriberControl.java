package io.tollgate.sandbox.stripe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The calls of the control API that name a subscription or an invoice: {@link Subscribers} over HTTP. */
final class SubscriberControl {
    private static final String VISA = "4242424242424242";

    private final StripeSimulator simulator;

    SubscriberControl(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    /** Empty when it is none of these calls. */
    Optional<Object> answer(List<String> call, JsonNode body) {
        Subscribers subscribers = simulator.subscribers();
        String id = call.get(2);
        return switch (call.get(0) + " " + call.get(1) + " " + call.get(3)) {
            case "POST subscriptions card" ->
                Optional.of(Map.of(
                        "id", subscribers.changeCard(id, body.path("card").asString(VISA))));
            case "POST subscriptions plan" ->
                done(id, () -> subscribers.changePlan(id, body.path("price").asString("")));
            case "POST subscriptions end" -> done(id, () -> subscribers.cancelAtPeriodEnd(id));
            case "POST subscriptions keep" -> done(id, () -> subscribers.keep(id));
            case "POST subscriptions cancel" -> done(id, () -> subscribers.cancelNow(id));
            case "POST invoices pay" ->
                Optional.of(Map.of(
                        "paid", subscribers.payInvoice(id, body.path("card").asString(VISA))));
            case "POST invoices dun" -> done(id, () -> subscribers.dun(dunning(body)));
            default -> Optional.empty();
        };
    }

    private static Dunning dunning(JsonNode body) {
        List<Duration> waits = body.path("waitSeconds").values().stream()
                .map(seconds -> Duration.ofSeconds(seconds.asLong(0)))
                .toList();
        return new Dunning(waits, ControlApi.named(DunningEnd.class, body, "end"));
    }

    private static Optional<Object> done(String id, Runnable work) {
        work.run();
        return Optional.of(Map.of("id", id));
    }
}
