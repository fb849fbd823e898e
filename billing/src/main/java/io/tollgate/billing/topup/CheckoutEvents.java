package io.tollgate.billing.topup;

import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Whatever Stripe tells of a checkout session: the session is fetched as it is now, and the order's row decides what is still to do. */
public final class CheckoutEvents implements EventHandler {

    private static final String PAYMENT_FAILED = "checkout.session.async_payment_failed";
    private static final Set<String> TYPES = Set.of(
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.expired",
            PAYMENT_FAILED);

    private final TopUps topUps;

    public CheckoutEvents(TopUps topUps) {
        this.topUps = topUps;
    }

    @Override
    public Set<String> types() {
        return TYPES;
    }

    @Override
    public Mono<Handling> handle(TakenEvent event) {
        String session = event.objectId();
        if (session == null) {
            return Mono.just(Handling.ignored());
        }
        return (event.type().equals(PAYMENT_FAILED)
                        ? topUps.paymentFailed(session, AskedBy.WEBHOOK)
                        : topUps.adopt(session, AskedBy.WEBHOOK))
                .map(CheckoutEvents::handling);
    }

    private static Handling handling(FulfilResult result) {
        return switch (result) {
            case FulfilResult.Granted _,
                    FulfilResult.GrantedBefore _,
                    FulfilResult.PlanBegun _,
                    FulfilResult.AwaitingPayment _,
                    FulfilResult.Expired _,
                    FulfilResult.PaymentFailed _ -> Handling.done();
            case FulfilResult.NotOurs _ -> Handling.ignored();
            case FulfilResult.Unknown _ -> new Handling.Later("no order for this session");
            case FulfilResult.Withheld withheld -> new Handling.Later("credit withheld: " + withheld.reason());
        };
    }
}
