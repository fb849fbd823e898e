package io.tollgate.sandbox.stripe;

import tools.jackson.databind.node.ObjectNode;

/** Changes of a subscription that wait for their invoice to be paid. */
final class PendingChanges {
    private PendingChanges() {}

    static boolean waitsFor(ObjectNode subscription, ObjectNode invoice) {
        return subscription.path("pending_update").isObject()
                && subscription.path("latest_invoice").equals(invoice.path("id"));
    }
}
