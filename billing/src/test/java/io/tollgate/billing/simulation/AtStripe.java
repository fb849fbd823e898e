package io.tollgate.billing.simulation;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import io.tollgate.billing.World;
import java.util.ArrayList;
import java.util.List;

/** What Stripe itself says: the other side of every comparison. */
final class AtStripe {

    private final StripeClient stripe;

    private AtStripe(StripeClient stripe) {
        this.stripe = stripe;
    }

    static AtStripe of(Run run) {
        return new AtStripe(StripeClient.builder()
                .setApiKey(World.SECRET_KEY)
                .setApiBase(run.world.stripe().baseUri().toString())
                .build());
    }

    /** Everything anybody was ever asked to pay. */
    List<Session> sessions() {
        return asked(() -> {
            List<Session> all = new ArrayList<>();
            stripe.v1().checkout().sessions().list().autoPagingIterable().forEach(all::add);
            return all;
        });
    }

    boolean isOnItsWay(String session) {
        return asked(() -> {
            Session found = stripe.v1().checkout().sessions().retrieve(session);
            return found.getStatus().equals("complete")
                    && found.getPaymentStatus().equals("unpaid")
                    && intent(found.getPaymentIntent()).getStatus().equals("processing");
        });
    }

    private PaymentIntent intent(String id) throws StripeException {
        return stripe.v1().paymentIntents().retrieve(id);
    }

    private interface Question<T> {
        T ask() throws StripeException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (StripeException e) {
            throw new AssertionError(e);
        }
    }
}
