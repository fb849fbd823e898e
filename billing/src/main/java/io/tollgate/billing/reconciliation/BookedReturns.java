package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.ReturnedMoney.Returned;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What the book has of refunds and disputes that Stripe lists. */
public interface BookedReturns {

    /**
     * A refund or dispute of a payment of ours.
     *
     * @param phase null if the book has not seen it
     * @param minor null likewise
     * @param refundedMinor all that the book has as refunded of the payment
     */
    record BookedReturn(
            String id,
            String payment,
            String account,
            @Nullable String phase,
            @Nullable Long minor,
            long refundedMinor) {}

    /** One for each that is about a payment in the book. */
    Flux<BookedReturn> refunds(List<Returned> refunds);

    Flux<BookedReturn> disputes(List<Returned> disputes);
}
