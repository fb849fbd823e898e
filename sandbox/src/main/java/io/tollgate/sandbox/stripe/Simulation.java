package io.tollgate.sandbox.stripe;

import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all resources share: the objects, virtual time and the events. One turn at a time, so every request is atomic
 * and nothing below needs a lock of its own; nothing in a turn may wait for the network.
 */
final class Simulation {
    /** The version that stripe-java 33.3.0 pins; events of another train would not parse there. */
    static final String API_VERSION = "2026-07-29.dahlia";

    private final ReentrantLock turn = new ReentrantLock();
    private final Store store = new Store();
    private final Timeline timeline;
    private final Events events;
    private Cause cause = Cause.ITSELF;

    /** The request that an event names as its reason; both empty when time or the card holder caused it. */
    record Cause(String requestId, String idempotencyKey) {
        static final Cause ITSELF = new Cause("", "");
    }

    Simulation(Clock clock, Webhooks webhooks) {
        this.timeline = new Timeline(new VirtualClock(clock));
        this.events = new Events(this, webhooks);
    }

    <T> T inTurn(Supplier<T> work) {
        return inTurn(Cause.ITSELF, work);
    }

    <T> T inTurn(Cause reason, Supplier<T> work) {
        turn.lock();
        try {
            timeline.runDue();
            cause = reason;
            return work.get();
        } finally {
            cause = Cause.ITSELF;
            turn.unlock();
        }
    }

    Cause cause() {
        return cause;
    }

    Store store() {
        return store;
    }

    Timeline timeline() {
        return timeline;
    }

    VirtualClock clock() {
        return timeline.clock();
    }

    Events events() {
        return events;
    }

    /** Starts an object of the given kind with what all have in common. */
    ObjectNode create(String kind, String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", kind)
                .put("created", clock().epochSecond())
                .put("livemode", false);
    }

    /**
     * Finds an object that a request names in its path or, with {@code param}, in a parameter. Whoever names it by
     * {@code id} may look at one that was deleted, nobody else may use it.
     */
    ObjectNode require(String kind, String id, String param) {
        return store.find(kind, id)
                .filter(object -> param.equals("id") || !object.path("deleted").asBoolean(false))
                .orElseThrow(() -> ApiException.noSuch(
                        kind.substring(kind.lastIndexOf('.') + 1), id, param.isEmpty() ? null : param));
    }
}
