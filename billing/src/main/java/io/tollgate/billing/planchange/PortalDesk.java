package io.tollgate.billing.planchange;

import io.tollgate.billing.checkout.Customers;
import io.tollgate.billing.checkout.Customers.Customer;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.planchange.ChangeTill.PortalResult;
import io.tollgate.metering.account.AccountId;
import java.net.URI;
import reactor.core.publisher.Mono;

/** Lets accounts into Stripe's portal, where they see invoices and change card and plan. */
public final class PortalDesk {

    private final Customers customers;
    private final ChangeTill till;

    public PortalDesk(Customers customers, ChangeTill till) {
        this.customers = customers;
        this.till = till;
    }

    /** What became of the wish. */
    public sealed interface Entry {
        /** Send them to {@code url}. */
        record Open(String url) implements Entry {}

        record Refused(Refusal refusal) implements Entry {}
    }

    /** Stripe sends them back to {@code returnUrl}. */
    public Mono<Entry> open(AccountId account, URI returnUrl) {
        return customers
                .of(account)
                .mapNotNull(Customer::customerId)
                .flatMap(customer -> till.portal(customer, returnUrl))
                .map(PortalDesk::entry)
                .defaultIfEmpty(new Entry.Refused(new Refusal.NoCustomer()))
                .onErrorResume(
                        StripeUnavailableException.class,
                        _ -> Mono.just(new Entry.Refused(new Refusal.StripeUnavailable())));
    }

    private static Entry entry(PortalResult result) {
        return switch (result) {
            case PortalResult.Open(String url) -> new Entry.Open(url);
            case PortalResult.Refused(String code) -> new Entry.Refused(new Refusal.StripeRefused(code));
        };
    }
}
