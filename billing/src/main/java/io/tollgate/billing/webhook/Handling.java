package io.tollgate.billing.webhook;

import io.tollgate.billing.webhook.StoredEvents.Closing;

/** How far the handling of an event came. */
public sealed interface Handling {
    record Closed(Closing closing) implements Handling {}

    /** Not yet possible: what it is about is not known here yet, say. It is tried again, and in the end left to an operator. */
    record Later(String reason) implements Handling {}

    static Handling done() {
        return new Closed(Closing.DONE);
    }

    /** Nothing that concerns us. */
    static Handling ignored() {
        return new Closed(Closing.IGNORED);
    }
}
