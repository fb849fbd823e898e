package io.tollgate.billing.checkout;

import io.tollgate.billing.checkout.Customers.Customer;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.checkout.Till.CustomerResult;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** Finds an account's customer at Stripe and has it created at the first visit. */
public final class CustomerDesk {

    private final Customers customers;
    private final Till till;

    public CustomerDesk(Customers customers, Till till) {
        this.customers = customers;
        this.till = till;
    }

    public Mono<CustomerResult> customerOf(AccountId account) {
        return customers.of(account).flatMap(this::createUnlessKnown);
    }

    private Mono<CustomerResult> createUnlessKnown(Customer customer) {
        if (customer.customerId() != null) {
            return Mono.just(new CustomerResult.Created(customer.customerId()));
        }
        return till.createCustomer(customer.account(), customer.attempt())
                .flatMap(result -> record(customer.account(), result))
                .onErrorResume(StripeUnavailableException.class, failure -> abandoned(customer, failure));
    }

    private Mono<CustomerResult> record(AccountId account, CustomerResult result) {
        return switch (result) {
            case CustomerResult.Created(String id) ->
                customers.created(account, id).map(CustomerResult.Created::new);
            case CustomerResult.Refused _, CustomerResult.NotConfigured _ -> Mono.just(result);
        };
    }

    // Stripe repeats a failure for a day to whoever repeats the request: the next visitor makes another one.
    private Mono<CustomerResult> abandoned(Customer customer, StripeUnavailableException failure) {
        Mono<CustomerResult> failed = Mono.error(failure);
        return failure.effect() == Effect.FAILED
                ? customers.abandon(customer.account(), customer.attempt()).then(failed)
                : failed;
    }
}
