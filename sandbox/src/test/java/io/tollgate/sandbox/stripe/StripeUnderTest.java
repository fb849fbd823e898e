package io.tollgate.sandbox.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import java.util.Map;
import java.util.UUID;

/**
 * The Stripe that a contract is checked against: a simulator of its own or, where {@link #VARIABLE} is set, the test
 * account of that key. Whoever uses it has neither the clock nor the control API, and finds objects of other runs.
 */
final class StripeUnderTest implements AutoCloseable {
    static final String VARIABLE = "STRIPE_TEST_SECRET_KEY";

    final StripeClient client;
    private final Runnable end;

    private StripeUnderTest(StripeClient client, Runnable end) {
        this.client = client;
        this.end = end;
    }

    static StripeUnderTest open() {
        return open(System.getenv());
    }

    static StripeUnderTest open(Map<String, String> environment) {
        String key = environment.getOrDefault(VARIABLE, "");
        if (key.isEmpty()) {
            SimulatedStripe simulated = new SimulatedStripe();
            return new StripeUnderTest(simulated.client, simulated::close);
        }
        return new StripeUnderTest(
                StripeClient.builder().setApiKey(testKey(key)).build(), () -> {});
    }

    /** Never says the key itself: what was put there by mistake may be a live one. */
    private static String testKey(String key) {
        if (!key.startsWith("sk_test_") && !key.startsWith("rk_test_")) {
            throw new IllegalArgumentException(
                    VARIABLE + " must be a key of a Stripe test account: it has to start with"
                            + " sk_test_ or rk_test_. Unset it to check the simulated Stripe.");
        }
        return key;
    }

    /** A customer that no other test has seen. */
    Customer customer() throws StripeException {
        return customer(unique("buyer") + "@example.com");
    }

    Customer customer(String email) throws StripeException {
        return client.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName("Contract Test")
                        .setEmail(email)
                        .build());
    }

    /** A confirmed payment of five dollars with one of Stripe's shared names for test cards. */
    PaymentIntent pay(String card) throws StripeException {
        return client.v1().paymentIntents().create(fiveDollars(card).build());
    }

    static PaymentIntentCreateParams.Builder fiveDollars(String method) {
        return PaymentIntentCreateParams.builder()
                .setAmount(500L)
                .setCurrency("usd")
                .addPaymentMethodType("card")
                .setPaymentMethod(method)
                .setConfirm(true);
    }

    static String unique(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    static RequestOptions keyed(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    @Override
    public void close() {
        end.run();
    }
}
