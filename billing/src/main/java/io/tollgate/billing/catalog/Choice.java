package io.tollgate.billing.catalog;

/** What a buyer wants; comes from a client, so nothing in it is trusted. */
public sealed interface Choice {
    record OfPack(String packId) implements Choice {}

    record OfAmount(long minor) implements Choice {}
}
