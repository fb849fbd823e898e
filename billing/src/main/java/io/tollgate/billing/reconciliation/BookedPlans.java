package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.SoldPlans.PaidInvoice;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What the book has of subscriptions and invoices that Stripe lists. */
public interface BookedPlans {

    /** A subscription in the book. */
    record BookedPlan(String id, String account, String status) {}

    /**
     * An invoice.
     *
     * @param account whose the subscription is; null if the book has none such
     * @param paid whether the book knows that it is paid
     * @param paidMinor null if there is no payment for it
     */
    record BookedInvoice(
            String id,
            @Nullable String account,
            @Nullable Long paidMinor,
            @Nullable String currency,
            Settled paid) {}

    /** Whether the book knows that an invoice is paid. */
    enum Settled {
        YES,
        NO
    }

    /** Those of these that the book has. */
    Flux<BookedPlan> subscriptions(Collection<String> ids);

    /** One for each. */
    Flux<BookedInvoice> invoices(List<PaidInvoice> invoices);
}
