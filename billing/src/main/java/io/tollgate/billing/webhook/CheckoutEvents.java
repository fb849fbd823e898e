package io.tollgate.billing.webhook;

import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.FulfilResult;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.billing.webhook.StoredEvents.Closing;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import reactor.core.publisher.Mono;

/**
 * What each event asks for. Stripe repeats and reorders deliveries, so an event only says where to look: the session is fetched
 * as it is now, and the order's row decides what is still to do.
 */
final class CheckoutEvents {

    private final TopUps topUps;

    CheckoutEvents(TopUps topUps) {
        this.topUps = topUps;
    }

    Mono<Handling> handle(TakenEvent event) {
        String session = event.objectId();
        if (session == null) {
            return Mono.just(new Handling.Closed(Closing.IGNORED));
        }
        return switch (event.type()) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.expired" ->
                topUps.adopt(session, AskedBy.WEBHOOK).map(CheckoutEvents::handling);
            case "checkout.session.async_payment_failed" ->
                topUps.paymentFailed(session, AskedBy.WEBHOOK).map(CheckoutEvents::handling);
            default -> Mono.just(new Handling.Closed(Closing.IGNORED));
        };
    }

    private static Handling handling(FulfilResult result) {
        return switch (result) {
            case FulfilResult.Granted _,
                    FulfilResult.GrantedBefore _,
                    FulfilResult.AwaitingPayment _,
                    FulfilResult.Expired _,
                    FulfilResult.PaymentFailed _ -> new Handling.Closed(Closing.DONE);
            case FulfilResult.NotOurs _ -> new Handling.Closed(Closing.IGNORED);
            case FulfilResult.Unknown _ -> new Handling.Later("no order for this session");
            case FulfilResult.Withheld withheld -> new Handling.Later("credit withheld: " + withheld.reason());
        };
    }
}
