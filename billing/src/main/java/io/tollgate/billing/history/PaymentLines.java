package io.tollgate.billing.history;

import io.tollgate.metering.account.AccountId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The payments in the book, with all that belongs to them. */
public interface PaymentLines {

    /** Which of an account's payments are wanted. */
    enum Which {
        ALL,
        WITH_INVOICE
    }

    /**
     * Newest first.
     *
     * @param before the id of the payment the page before ended with; null for the first page
     */
    Flux<PaymentLine> of(AccountId account, Which which, @Nullable String before, int limit);

    /** Empty if the account has no such payment. */
    Mono<PaymentLine> find(AccountId account, String id);

    /** Which of the account's payments brought these grants. A grant that gave back what was taken of a payment's counts as its. */
    Flux<GrantPayment> ofGrants(AccountId account, Collection<Long> grants);

    Mono<Void> keep(String payment, Papers papers);

    record GrantPayment(long grant, String payment) {}
}
