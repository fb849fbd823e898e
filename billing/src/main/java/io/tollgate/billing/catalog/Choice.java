package io.tollgate.billing.catalog;

import org.jspecify.annotations.Nullable;

/** What a buyer wants; comes from a client, so nothing in it is trusted. Null for a currency or interval asks for the usual one. */
public sealed interface Choice {
    record OfPack(String packId, @Nullable String currency) implements Choice {
        public OfPack(String packId) {
            this(packId, null);
        }
    }

    record OfAmount(long minor, @Nullable String currency) implements Choice {
        public OfAmount(long minor) {
            this(minor, null);
        }
    }

    record OfPlan(
            String planId,
            @Nullable Interval interval,
            @Nullable String currency) implements Choice {
        public OfPlan(String planId) {
            this(planId, null, null);
        }
    }
}
