package io.tollgate.billing.subscription;

import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** What follows once the invoice of a changed plan is paid. Asked again and again: it has to look whether that was done. */
@FunctionalInterface
public interface PlanChangePaid {

    Mono<Void> paid(AccountId account, StripeSubscription subscription, StripeInvoice invoice);
}
