package io.tollgate.billing.reconciliation;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Subscriptions and their invoices as Stripe lists them. */
public interface SoldPlans {

    /**
     * A subscription.
     *
     * @param account whose, by its metadata; null if it was not begun by us
     * @param status in Stripe's words
     */
    record SoldPlan(String id, @Nullable String account, String status) {}

    /**
     * An invoice that was paid.
     *
     * @param account whose, by the metadata of the subscription
     */
    record PaidInvoice(
            String id, String subscription, @Nullable String account, String currency, long minor) {}

    /** A page of the subscriptions begun before the period's end, those that ended included, youngest first. */
    Mono<Listed<SoldPlan>> subscriptions(Period period, @Nullable String after);

    /** A page of the subscriptions' invoices made in the period and paid since, youngest first. */
    Mono<Listed<PaidInvoice>> paidInvoices(Period period, @Nullable String after);
}
