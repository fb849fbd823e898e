package io.tollgate.billing.reconciliation;

import io.tollgate.billing.reconciliation.Sales.Sale;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What the book has of sales that Stripe lists. */
public interface BookedSales {

    /**
     * A sale in the book.
     *
     * @param id Stripe's
     * @param order or attempt to charge a card; null if the book has none for it
     * @param account whose the order is
     * @param orderState null with {@code order}
     * @param paidMinor null if there is no payment for it
     */
    record BookedSale(
            String id,
            @Nullable String order,
            @Nullable String account,
            @Nullable String orderState,
            @Nullable Long paidMinor,
            @Nullable String currency) {}

    /** One for each. */
    Flux<BookedSale> of(List<Sale> sales);
}
