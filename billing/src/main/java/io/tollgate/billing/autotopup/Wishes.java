package io.tollgate.billing.autotopup;

import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** What accounts want bought by itself, and from which card. */
public interface Wishes {

    /** Replaces what the account wanted before. */
    Mono<Void> put(AccountId account, AutoTopUp wish, Instant now);

    /** Switches it off if it was on; nothing else changes. */
    Mono<Void> off(AccountId account, Instant now);

    /**
     * Keeps the card, unless one was saved later than {@code at}.
     *
     * @param chosen by the owner; else it is the customer's default, and follows that
     */
    Mono<Void> save(AccountId account, Card card, Choosing chosen, Instant at);

    /** The account whose card this is; empty if it is nobody's. */
    Mono<AccountId> owner(String paymentMethod);

    /** Forgets a card that is gone at Stripe, switches off, and tells the account of it. */
    Mono<Void> remove(AccountId account, String paymentMethod, Instant now);

    /** Keeps what the issuer has changed about a card: its number, say. */
    Mono<Void> renew(AccountId account, Card card);

    /** The account that is this customer at Stripe; empty if it is no account of ours. */
    Mono<AccountId> accountOf(String customer);

    /** Who named a card. */
    enum Choosing {
        BY_OWNER,
        BY_DEFAULT
    }
}
