package io.tollgate.billing.webhook;

import io.tollgate.billing.webhook.StoredEvents.Closing;

/** How far the handling of an event came. */
sealed interface Handling {
    record Closed(Closing closing) implements Handling {}

    /** Not yet possible. */
    record Later(String reason) implements Handling {}
}
