package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.SoldSessions.SoldSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What the book has of sessions that Stripe lists. */
public interface BookedSessions {

    /**
     * A session in the book.
     *
     * @param order null if the book has none for it
     * @param account whose the order is
     * @param orderState null with {@code order}
     * @param paidMinor null if there is no payment for it
     */
    record BookedSession(
            String session,
            @Nullable String order,
            @Nullable String account,
            @Nullable String orderState,
            @Nullable Long paidMinor,
            @Nullable String currency) {}

    /** One for each. */
    Flux<BookedSession> of(List<SoldSession> sessions);
}
