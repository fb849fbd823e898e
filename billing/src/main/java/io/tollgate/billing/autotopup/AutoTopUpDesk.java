package io.tollgate.billing.autotopup;

import io.tollgate.billing.autotopup.SavedCards.Owned;
import io.tollgate.billing.autotopup.SavedCards.SetupResult;
import io.tollgate.billing.autotopup.Wishes.Choosing;
import io.tollgate.billing.catalog.Catalogs;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Quote;
import io.tollgate.billing.checkout.CustomerDesk;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.Till.CustomerResult;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where an account says what it wants bought by itself, and saves the card for it. */
public final class AutoTopUpDesk {

    private final Catalogs catalogs;
    private final Wishes wishes;
    private final AutoTopUpBook book;
    private final SavedCards cards;
    private final CustomerDesk customers;
    private final InstantSource clock;

    public AutoTopUpDesk(
            Catalogs catalogs,
            Wishes wishes,
            AutoTopUpBook book,
            SavedCards cards,
            CustomerDesk customers,
            InstantSource clock) {
        this.catalogs = catalogs;
        this.wishes = wishes;
        this.book = book;
        this.cards = cards;
        this.customers = customers;
        this.clock = clock;
    }

    /**
     * What somebody asks for.
     *
     * @param paymentMethod a card saved at Stripe before; null for the one that is known, or the one saved last
     */
    public record Wish(
            Credits threshold,
            Choice choice,
            long capMinor,
            @Nullable String paymentMethod) {}

    public Mono<Standing> standing(AccountId account) {
        return book.standing(account, clock.instant());
    }

    /** Opens a page at Stripe where the owner saves a card. Nothing is charged there. */
    public Mono<SetupResult> setup(AccountId account, URI back) {
        return customers
                .customerOf(account)
                .flatMap(customer -> switch (customer) {
                    case CustomerResult.NotConfigured _ -> Mono.just(new SetupResult.NotConfigured());
                    case CustomerResult.Refused(String code) -> Mono.just(new SetupResult.Refused(code));
                    case CustomerResult.Created(String id) ->
                        Mono.defer(() -> cards.open(id, "tollgate-setup-" + UUID.randomUUID(), back));
                })
                .onErrorResume(StripeUnavailableException.class, _ -> Mono.just(new SetupResult.StripeUnavailable()));
    }

    public Mono<SaveResult> switchOff(AccountId account) {
        return wishes.off(account, clock.instant()).then(saved(account));
    }

    /** Switches it on as wished, or says why not. */
    public Mono<SaveResult> switchOn(AccountId account, Wish wish) {
        return switch (catalogs.current().quote(wish.choice())) {
            case Quote.Priced offer -> switchOn(account, wish, offer);
            case Quote other -> Mono.just(new SaveResult.NotForSale(other));
        };
    }

    private Mono<SaveResult> switchOn(AccountId account, Wish wish, Quote.Priced offer) {
        Money price = offer.price().money();
        if (wish.capMinor() < price.minor()) {
            return Mono.just(new SaveResult.CapBelowPrice(price));
        }
        AutoTopUp wanted = new AutoTopUp(
                true, wish.threshold(), wish.choice(), new Money(wish.capMinor(), price.currency()), null);
        return standing(account)
                .flatMap(standing -> withCard(standing, wish.paymentMethod(), wanted))
                .onErrorResume(StripeUnavailableException.class, _ -> Mono.just(new SaveResult.StripeUnavailable()));
    }

    private Mono<SaveResult> withCard(Standing standing, @Nullable String paymentMethod, AutoTopUp wanted) {
        String customer = standing.customer();
        if (paymentMethod == null && standing.card() != null && customer != null) {
            return keep(standing.account(), wanted);
        }
        if (customer == null) {
            return Mono.just(paymentMethod == null ? new SaveResult.NoCard() : new SaveResult.UnknownCard());
        }
        return (paymentMethod == null ? cards.latestOf(customer) : ofCustomer(paymentMethod, customer))
                .map(owned -> wishes.save(standing.account(), owned.card(), Choosing.BY_OWNER, clock.instant())
                        .then(keep(standing.account(), wanted)))
                .defaultIfEmpty(
                        Mono.just(paymentMethod == null ? new SaveResult.NoCard() : new SaveResult.UnknownCard()))
                .flatMap(work -> work);
    }

    private Mono<Owned> ofCustomer(String paymentMethod, String customer) {
        return cards.find(paymentMethod).filter(owned -> customer.equals(owned.customer()));
    }

    private Mono<SaveResult> keep(AccountId account, AutoTopUp wanted) {
        return wishes.put(account, wanted, clock.instant()).then(saved(account));
    }

    private Mono<SaveResult> saved(AccountId account) {
        return standing(account).map(SaveResult.Saved::new);
    }
}
