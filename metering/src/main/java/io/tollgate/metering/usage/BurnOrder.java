package io.tollgate.metering.usage;

import io.tollgate.metering.account.Lot;
import io.tollgate.metering.usage.BookState.LotState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** By priority, then expiry, then creation: the order in which lots burn. */
final class BurnOrder {

    private static final Comparator<Map.Entry<Long, LotState>> ORDER =
            Comparator.<Map.Entry<Long, LotState>>comparingInt(
                            entry -> entry.getValue().priority())
                    .thenComparing(entry -> entry.getValue().expiresAtMillis() == Lot.NEVER)
                    .thenComparingLong(entry -> entry.getValue().expiresAtMillis())
                    .thenComparing(Map.Entry::getKey);

    private BurnOrder() {}

    /** Those of the grants that have a lot, in the order in which these burn. */
    static List<Long> of(Collection<Long> grants, Map<Long, LotState> lots) {
        return grants.stream()
                .distinct()
                .filter(lots::containsKey)
                .map(grant -> Map.entry(grant, lots.get(grant)))
                .sorted(ORDER)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether its time was over at that instant, so that at most open holds keep something of it. */
    static boolean isOver(LotState lot, long millis) {
        return lot.expiresAtMillis() != Lot.NEVER && lot.expiresAtMillis() <= millis;
    }
}
