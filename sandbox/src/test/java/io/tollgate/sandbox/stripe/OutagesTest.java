package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OutagesTest {
    private static final RequestOptions KEYED =
            RequestOptions.builder().setIdempotencyKey("sign-up-1").build();

    private final SimulatedStripe stripe = new SimulatedStripe();
    private final StripeClient impatient = stripe.clientWith(SimulatedStripe.API_KEY, 300);

    @AfterEach
    void stop() {
        stripe.close();
    }

    private static Customer signUp(StripeClient client) throws StripeException {
        return client.v1()
                .customers()
                .create(CustomerCreateParams.builder().setName("ada").build(), KEYED);
    }

    private List<Customer> customers() throws StripeException {
        return stripe.client.v1().customers().list().getData();
    }

    @Nested
    class Timeouts {
        @Test
        void beforeTheEffectLeaveNothingBehind() throws StripeException {
            stripe.simulator.outage(Outage.TIMEOUT_BEFORE_EFFECT, 1);

            assertThatThrownBy(() -> signUp(impatient)).isInstanceOf(ApiConnectionException.class);

            assertThat(customers()).isEmpty();
        }

        @Test
        void afterTheEffectReplayItToARetryWithTheSameKey() throws StripeException {
            stripe.simulator.outage(Outage.TIMEOUT_AFTER_EFFECT, 1);
            assertThatThrownBy(() -> signUp(impatient)).isInstanceOf(ApiConnectionException.class);
            Customer made = customers().getFirst();

            Customer retried = signUp(stripe.client);

            assertThat(retried.getId()).isEqualTo(made.getId());
            assertThat(customers()).hasSize(1);
        }
    }

    @Nested
    class Failures {
        @Test
        void refuseConnectionsUntilTheyEnd() throws StripeException {
            stripe.simulator.outage(Outage.REFUSE, 0);
            assertThatThrownBy(() -> signUp(stripe.client)).isInstanceOf(ApiConnectionException.class);

            stripe.simulator.endOutage();

            assertThat(signUp(stripe.client).getId()).startsWith("cus_");
            assertThat(customers()).hasSize(1);
        }

        @Test
        void withA500AreOverAfterTheirCount() throws StripeException {
            stripe.simulator.outage(Outage.ERROR_500, 2);

            assertThatThrownBy(() -> signUp(stripe.client)).isInstanceOf(ApiException.class);
            assertThatThrownBy(() -> signUp(stripe.client)).isInstanceOf(ApiException.class);

            assertThat(signUp(stripe.client).getName()).isEqualTo("ada");
        }

        @Test
        void withASaved500AreReplayed() throws StripeException {
            stripe.simulator.outage(Outage.ERROR_500_SAVED, 1);

            assertThatThrownBy(() -> signUp(stripe.client)).isInstanceOf(ApiException.class);
            assertThatThrownBy(() -> signUp(stripe.client)).isInstanceOf(ApiException.class);

            assertThat(customers()).isEmpty();
        }

        @Test
        void withA429AreRateLimits() {
            stripe.simulator.outage(Outage.RATE_LIMIT, 1);

            assertThatThrownBy(() -> signUp(stripe.client)).isInstanceOf(RateLimitException.class);
        }
    }

    @Nested
    class Stalls {
        @Test
        @Timeout(30)
        void keepTheIdempotencyKeyInFlight() throws Exception {
            stripe.simulator.outage(Outage.STALL, 1);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Customer> stalled = threads.submit(() -> signUp(stripe.client));
                while (stripe.simulator.requestsWaiting() == 0) {
                    Thread.onSpinWait();
                }

                assertThatThrownBy(() -> signUp(stripe.client))
                        .isInstanceOfSatisfying(
                                ApiException.class,
                                e -> assertThat(e.getStatusCode()).isEqualTo(409));
                stripe.simulator.endOutage();

                assertThat(stalled.get(20, TimeUnit.SECONDS).getName()).isEqualTo("ada");
            }
        }
    }

    @Nested
    class Starting {
        @Test
        void onATakenPortNamesItAndTheWayOut() {
            int taken = stripe.simulator.baseUri().getPort();

            assertThatThrownBy(() -> StripeSimulator.start(
                            new StripeSimulator.Settings(taken, "sk_test_x", null, "whsec_x", Clock.systemUTC())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(String.valueOf(taken))
                    .hasMessageContaining("configure another port");
        }

        @Test
        void againOnThePortThatWasFreed() {
            URI before = stripe.simulator.baseUri();
            stripe.close();

            try (StripeSimulator again = StripeSimulator.start(
                    new StripeSimulator.Settings(before.getPort(), "sk_test_x", null, "whsec_x", Clock.systemUTC()))) {
                assertThat(again.baseUri()).isEqualTo(before);
            }
        }

        @Test
        void keepsItsSecretsToItself() {
            assertThat(StripeSimulator.Settings.onFreePort("sk_test_secret", "whsec_secret")
                            .toString())
                    .doesNotContain("secret");
        }
    }
}
