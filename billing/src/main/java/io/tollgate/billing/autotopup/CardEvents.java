package io.tollgate.billing.autotopup;

import io.tollgate.billing.autotopup.SavedCards.Owned;
import io.tollgate.billing.autotopup.Wishes.Choosing;
import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import io.tollgate.metering.account.AccountId;
import java.time.InstantSource;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Whatever Stripe tells of saved cards: one saved on a page of ours, one removed, one renewed, another default. */
public final class CardEvents implements EventHandler {

    private static final String SESSION = "checkout.session.completed";
    private static final String CUSTOMER = "customer.updated";
    private static final Set<String> TYPES = Set.of(
            SESSION,
            CUSTOMER,
            "payment_method.detached",
            "payment_method.updated",
            "payment_method.automatically_updated");

    private final SavedCards cards;
    private final Wishes wishes;
    private final InstantSource clock;

    public CardEvents(SavedCards cards, Wishes wishes, InstantSource clock) {
        this.cards = cards;
        this.wishes = wishes;
        this.clock = clock;
    }

    @Override
    public Set<String> types() {
        return TYPES;
    }

    @Override
    public Mono<Handling> handle(TakenEvent event) {
        String object = event.objectId();
        if (object == null) {
            return Mono.just(Handling.ignored());
        }
        return switch (event.type()) {
            case SESSION -> saved(object);
            case CUSTOMER -> defaultOf(object);
            default -> changed(object);
        };
    }

    private Mono<Handling> saved(String session) {
        return cards.savedIn(session)
                .flatMap(setup -> ownerOf(setup.card())
                        .flatMap(account ->
                                wishes.save(account, setup.card().card(), Choosing.BY_OWNER, setup.savedAt()))
                        .thenReturn(Handling.done()))
                .defaultIfEmpty(Handling.ignored());
    }

    private Mono<AccountId> ownerOf(Owned card) {
        String customer = card.customer();
        return customer == null ? Mono.empty() : wishes.accountOf(customer);
    }

    private Mono<Handling> defaultOf(String customer) {
        return wishes.accountOf(customer)
                .flatMap(account -> cards.defaultOf(customer)
                        .flatMap(owned -> wishes.save(account, owned.card(), Choosing.BY_DEFAULT, clock.instant()))
                        .thenReturn(Handling.done()))
                .defaultIfEmpty(Handling.ignored());
    }

    private Mono<Handling> changed(String paymentMethod) {
        return wishes.owner(paymentMethod)
                .flatMap(account -> cards.find(paymentMethod)
                        .map(owned -> owned.customer() == null
                                ? remove(account, paymentMethod)
                                : wishes.renew(account, owned.card()))
                        .defaultIfEmpty(Mono.defer(() -> remove(account, paymentMethod)))
                        .flatMap(work -> work)
                        .thenReturn(Handling.done()))
                .defaultIfEmpty(Handling.ignored());
    }

    private Mono<Void> remove(AccountId account, String paymentMethod) {
        return wishes.remove(account, paymentMethod, clock.instant());
    }
}
