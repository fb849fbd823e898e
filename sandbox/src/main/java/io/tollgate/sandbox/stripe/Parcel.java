package io.tollgate.sandbox.stripe;

import java.net.URI;

/** One event on its way to one endpoint. */
record Parcel(String event, String type, String body, URI endpoint, Runnable onDelivered) {}
