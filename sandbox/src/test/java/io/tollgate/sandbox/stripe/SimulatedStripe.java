package io.tollgate.sandbox.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import java.net.URI;
import java.time.Duration;

/** One simulator with a stripe-java client pointed at it. */
final class SimulatedStripe implements AutoCloseable {
    static final String API_KEY = "sk_test_sandbox";
    static final String WEBHOOK_SECRET = "whsec_sandbox";
    static final String VISA = "4242424242424242";
    static final String DECLINED = "4000000000000002";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final StripeSimulator simulator =
            StripeSimulator.start(StripeSimulator.Settings.onFreePort(API_KEY, WEBHOOK_SECRET));
    final StripeClient client = clientWith(API_KEY, 10_000);

    StripeClient clientWith(String apiKey, int readTimeoutMillis) {
        return StripeClient.builder()
                .setApiKey(apiKey)
                .setApiBase(simulator.baseUri().toString())
                .setReadTimeout(readTimeoutMillis)
                .build();
    }

    /** Nine dollars for credits, as billing will ask for them. */
    static SessionCreateParams.Builder nineDollars() {
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl("http://localhost:9/return?session_id={CHECKOUT_SESSION_ID}")
                .setCancelUrl("http://localhost:9/back?a=1&b=2")
                .setClientReferenceId("order-1")
                .putMetadata("order", "1")
                .setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                        .putMetadata("order", "1")
                        .build())
                .addLineItem(SessionCreateParams.LineItem.builder()
                        .setQuantity(3L)
                        .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                                .setCurrency("usd")
                                .setUnitAmount(300L)
                                .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                        .setName("<b>100</b> credits")
                                        .build())
                                .build())
                        .build());
    }

    Session session() throws StripeException {
        return client.v1().checkout().sessions().create(nineDollars().build());
    }

    URI at(String path) {
        return simulator.baseUri().resolve(path);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
