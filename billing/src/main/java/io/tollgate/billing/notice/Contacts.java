package io.tollgate.billing.notice;

import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** How accounts want to be told. */
public interface Contacts {

    /** Empty if nobody has said. */
    Mono<Contact> of(AccountId account);

    /** What the owner, or the operator for it, says; it stands until it is said otherwise. */
    Mono<Void> put(AccountId account, Contact contact);

    /** An address that came up while paying: taken unless the owner has said something. Joins the caller's SQL transaction. */
    Mono<Void> learn(AccountId account, EmailAddress email);
}
