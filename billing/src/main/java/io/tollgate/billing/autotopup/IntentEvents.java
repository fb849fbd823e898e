package io.tollgate.billing.autotopup;

import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Whatever Stripe tells of a payment intent that an automatic top-up made: it is fetched as it is now. Others are not ours to judge. */
public final class IntentEvents implements EventHandler {

    private static final String CHARGE = "charge.succeeded";
    private static final Set<String> TYPES = Set.of(
            "payment_intent.succeeded",
            "payment_intent.payment_failed",
            "payment_intent.requires_action",
            "payment_intent.processing",
            "payment_intent.canceled",
            CHARGE);

    private final CardCharges cards;
    private final AutoTopUpBook book;
    private final AutoTopUps autoTopUps;

    public IntentEvents(CardCharges cards, AutoTopUpBook book, AutoTopUps autoTopUps) {
        this.cards = cards;
        this.book = book;
        this.autoTopUps = autoTopUps;
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
        return (event.type().equals(CHARGE) ? cards.ofCharge(object) : cards.find(object))
                .flatMap(this::handle)
                .defaultIfEmpty(Handling.ignored());
    }

    private Mono<Handling> handle(Intent intent) {
        String attempt = intent.attempt();
        return attempt == null || !Attempt.isId(attempt)
                ? Mono.just(Handling.ignored())
                : book.find(attempt)
                        .map(found -> autoTopUps.conclude(found, intent).thenReturn(Handling.done()))
                        .defaultIfEmpty(Mono.just(new Handling.Later("no attempt " + attempt)))
                        .flatMap(handling -> handling);
    }
}
