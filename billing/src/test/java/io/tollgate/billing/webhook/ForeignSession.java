package io.tollgate.billing.webhook;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.ProductData;
import io.tollgate.billing.World;
import java.net.URI;

/** What another shop on the same Stripe account sells. */
final class ForeignSession {

    private ForeignSession() {}

    static String openedAt(URI stripe) throws StripeException {
        PriceData price = PriceData.builder()
                .setCurrency("usd")
                .setUnitAmount(900L)
                .setProductData(ProductData.builder().setName("A mug").build())
                .build();
        SessionCreateParams request = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setClientReferenceId("mug 17")
                .setSuccessUrl("http://localhost/mug")
                .addLineItem(
                        LineItem.builder().setQuantity(1L).setPriceData(price).build())
                .build();
        return StripeClient.builder()
                .setApiKey(World.SECRET_KEY)
                .setApiBase(stripe.toString())
                .build()
                .v1()
                .checkout()
                .sessions()
                .create(request)
                .getId();
    }
}
