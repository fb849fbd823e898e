package io.tollgate.billing.stripe;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.checkout.Till.CustomerResult;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.Outage;
import io.tollgate.sandbox.stripe.StripeSimulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class StripeTillTest {

    private static final String KEY = "sk_test_right_and_secret";
    private static final AccountId ACCOUNT = new AccountId("acc-1");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final StripeSimulator stripe =
            StripeSimulator.start(StripeSimulator.Settings.onFreePort(KEY, "whsec_test"));
    private final Scheduler narrow = Schedulers.newBoundedElastic(1, 1, "stripe-test", 60, true);

    @AfterAll
    void close() {
        stripe.close();
        narrow.dispose();
    }

    @AfterEach
    void repair() {
        stripe.endOutage();
    }

    @Nested
    class Asking {

        @Test
        void findsNoSessionThatStripeDoesNotHave() {
            assertThat(till(KEY, 100).session("cs_test_unheard_of").block()).isNull();
        }

        @Test
        void isNotToldThatThereIsNoneWhereItMayNotLook() {
            StripeUnavailableException failure =
                    failureOf(till("sk_test_wrong", 100).session("cs_test_1"));

            assertThat(failure.effect()).isEqualTo(Effect.NONE);
        }

        @Test
        void isRefusedWithAWrongKeyThatStaysSecret(CapturedOutput output) {
            CustomerResult result = got(till("sk_test_wrong_and_secret", 100).createCustomer(ACCOUNT, 1));

            assertThat(result).isInstanceOf(CustomerResult.Refused.class);
            assertThat(result.toString()).doesNotContain("secret");
            assertThat(output).contains("stripe_refused").doesNotContain("and_secret");
        }

        @Test
        void createsOneCustomerForTheSameAttempt() {
            Till till = till(KEY, 100);

            CustomerResult first = got(till.createCustomer(new AccountId("twice"), 1));

            assertThat(got(till.createCustomer(new AccountId("twice"), 1))).isEqualTo(first);
            assertThat(got(till.createCustomer(new AccountId("twice"), 2))).isNotEqualTo(first);
        }
    }

    @Nested
    class WhileStripeIsAway {

        @Test
        void tellsAFailureFromSilence() {
            stripe.outage(Outage.ERROR_500, 1);
            assertThat(failureOf(till(KEY, 100).session("cs_test_1")).effect()).isEqualTo(Effect.FAILED);

            stripe.outage(Outage.RATE_LIMIT, 1);
            assertThat(failureOf(till(KEY, 100).session("cs_test_1")).effect()).isEqualTo(Effect.NONE);

            stripe.outage(Outage.TIMEOUT_BEFORE_EFFECT, 1);
            assertThat(failureOf(till(KEY, 100).session("cs_test_1")).effect()).isEqualTo(Effect.UNKNOWN);
        }

        @Test
        void stopsAskingAndBeginsAgain() {
            Till till = till(KEY, 4);
            stripe.outage(Outage.ERROR_500, 0);
            for (int i = 0; i < 4; i++) {
                failureOf(till.session("cs_test_1"));
            }

            assertThat(failureOf(till.session("cs_test_1"))).hasMessageContaining("too many failures lately");

            stripe.endOutage();
            await().until(() -> answers(till));
        }

        @Test
        void turnsAwayWhatItsThreadsAndQueueCannotTake() {
            Till till = till(KEY, 100);
            stripe.outage(Outage.TIMEOUT_BEFORE_EFFECT, 0);

            List<Effect> effects = got(Flux.range(0, 6)
                    .flatMap(i -> till.session("cs_test_" + i)
                            .map(_ -> Effect.FAILED)
                            .onErrorResume(StripeUnavailableException.class, failure -> Mono.just(failure.effect())))
                    .collectList());

            assertThat(effects).filteredOn(Effect.NONE::equals).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Nested
    class Configuring {

        private final ApplicationContextRunner application =
                new ApplicationContextRunner().withUserConfiguration(StripeConfiguration.class);

        @Test
        void withoutAKeyNothingCanBeBoughtAndEverythingStarts() {
            application
                    .withPropertyValues("tollgate.billing.stripe.secret-key=", "STRIPE_SECRET_KEY=")
                    .run(context -> assertThat(got(context.getBean(Till.class).createCustomer(ACCOUNT, 1)))
                            .isEqualTo(new CustomerResult.NotConfigured()));
        }

        @Test
        void takesStripesUsualEnvironment() {
            application
                    .withPropertyValues("STRIPE_SECRET_KEY=" + KEY, "STRIPE_API_BASE=" + stripe.baseUri())
                    .run(context -> assertThat(
                                    got(context.getBean(Till.class).createCustomer(new AccountId("environment"), 1)))
                            .isInstanceOf(CustomerResult.Created.class));
        }

        @Test
        void keepsTheKeyOutOfItsText() {
            assertThat(settings(URI.create("http://localhost"), KEY, 10).toString())
                    .doesNotContain(KEY);
        }
    }

    private Till till(String key, int breakerWindow) {
        StripeSettings settings = settings(stripe.baseUri(), key, breakerWindow);
        return new StripeTill(StripeConfiguration.access(
                settings, narrow, CircuitBreaker.of("stripe", StripeConfiguration.breaker(settings))));
    }

    private static boolean answers(Till till) {
        return got(till.session("cs_test_1").thenReturn(true).onErrorReturn(StripeUnavailableException.class, false));
    }

    private static StripeSettings settings(URI base, String key, int breakerWindow) {
        return new StripeSettings(
                base, key, PATIENCE, PATIENCE, PATIENCE, 0, Duration.ZERO, 1, 1, breakerWindow, Duration.ofMillis(200));
    }

    private static StripeUnavailableException failureOf(Mono<?> call) {
        return catchThrowableOfType(StripeUnavailableException.class, call::block);
    }
}
