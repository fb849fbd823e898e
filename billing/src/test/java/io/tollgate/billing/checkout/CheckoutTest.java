package io.tollgate.billing.checkout;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionListParams;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.CustomAmount;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.Outage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckoutTest {

    // Wide enough a breaker not to join in: it has its own test.
    private final World world = World.still(
            "tollgate.billing.stripe.call-timeout=2s",
            "tollgate.billing.stripe.retries=1",
            "tollgate.billing.stripe.retry-delay=10ms",
            "tollgate.billing.stripe.breaker-window=1000");
    private final StripeClient stripe = StripeClient.builder()
            .setApiKey(World.SECRET_KEY)
            .setApiBase(world.stripe().baseUri().toString())
            .build();

    @AfterAll
    void close() {
        world.close();
    }

    @AfterEach
    void repair() {
        world.stripe().endOutage();
    }

    @Nested
    class Starting {

        @Test
        void asksStripeForWhatTheOrderSays() throws StripeException {
            AccountId account = world.account();
            Instant before = Instant.now();

            StartResult.Started started = started(world.start(account, new Choice.OfPack("small")));

            Session session = stripe.v1().checkout().sessions().retrieve(started.sessionId());
            assertThat(started.url()).isEqualTo(session.getUrl());
            assertThat(session.getAmountTotal()).isEqualTo(900);
            assertThat(session.getCurrency()).isEqualTo("usd");
            assertThat(session.getMode()).isEqualTo("payment");
            assertThat(session.getClientReferenceId())
                    .isEqualTo(world.text("SELECT id FROM topup_order WHERE session_id = '" + session.getId() + "'"));
            assertThat(session.getMetadata())
                    .containsEntry("tollgate_order", session.getClientReferenceId())
                    .containsEntry("tollgate_account", account.value());
            assertThat(session.getSuccessUrl()).isEqualTo("http://localhost/success?session_id={CHECKOUT_SESSION_ID}");
            assertThat(Instant.ofEpochSecond(session.getExpiresAt()))
                    .isBetween(
                            before.plus(Duration.ofMinutes(34)), Instant.now().plus(Duration.ofMinutes(36)));
            assertThat(world.orderState(session.getId())).isEqualTo("OPEN");
        }

        @Test
        void takesAnAmountOfTheBuyersChoice() throws StripeException {
            StartResult.Started started = started(world.start(world.account(), new Choice.OfAmount(12_300)));

            assertThat(stripe.v1()
                            .checkout()
                            .sessions()
                            .retrieve(started.sessionId())
                            .getAmountTotal())
                    .isEqualTo(12_300);
            assertThat(world.book()
                            .number("SELECT credits_micros FROM topup_order WHERE session_id = '" + started.sessionId()
                                    + "'"))
                    .isEqualTo(123_000_000);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -900, 499, 550, 50_100, Long.MAX_VALUE, Long.MIN_VALUE})
        void refusesAnAmountOutOfBoundsAndSaysWhichTheyAre(long minor) {
            AccountId account = world.account();

            assertThat(world.start(account, new Choice.OfAmount(minor)))
                    .isEqualTo(new StartResult.AmountOutOfBounds(new CustomAmount.Bounds("usd", 500, 50_000, 100)));
            assertThat(ordersOf(account)).isZero();
        }

        @Test
        void refusesAPackItDoesNotHave() {
            assertThat(world.start(world.account(), new Choice.OfPack("small' OR '1'='1")))
                    .isEqualTo(new StartResult.UnknownPack());
        }

        @Test
        void createsOneCustomerHoweverManyStartAtOnce() {
            AccountId account = world.account();

            List<StartResult> results = got(Flux.range(0, 8)
                    .flatMap(
                            i -> world.the(Checkout.class)
                                    .start(account, new Choice.OfAmount(500 + 100 * i), World.URLS),
                            8)
                    .collectList());

            assertThat(results).hasSize(8).allMatch(StartResult.Started.class::isInstance);
            assertThat(world.book()
                            .number("SELECT count(DISTINCT customer_id) FROM topup_order WHERE account = '" + account
                                    + "'"))
                    .isEqualTo(1);
        }
    }

    @Nested
    class WhileStripeIsAway {

        @ParameterizedTest
        @EnumSource(
                value = Outage.class,
                names = {"TIMEOUT_AFTER_EFFECT", "TIMEOUT_BEFORE_EFFECT", "REFUSE", "STALL"})
        void theSameWishLaterIsTheSameSession(Outage outage) {
            AccountId account = world.account();
            world.opened(account);
            world.stripe().outage(outage, 0);

            StartResult during = world.start(account, new Choice.OfAmount(700));
            world.stripe().endOutage();
            StartResult after = world.start(account, new Choice.OfAmount(700));

            assertThat(during).isEqualTo(new StartResult.StripeUnavailable());
            started(after);
            assertThat(sessionsOf(account, 700)).hasSize(1);
            assertThat(ordersOf(account)).isEqualTo(2);
        }

        @ParameterizedTest
        @EnumSource(
                value = Outage.class,
                names = {"TIMEOUT_AFTER_EFFECT", "REFUSE", "RATE_LIMIT", "ERROR_500"})
        void oneFailureIsNotNoticed(Outage outage) {
            AccountId account = world.account();
            world.opened(account);
            world.stripe().outage(outage, 1);

            started(world.start(account, new Choice.OfAmount(700)));

            assertThat(sessionsOf(account, 700)).hasSize(1);
        }

        @Test
        void aFailureThatStripeWouldRepeatIsNotRepeated() {
            AccountId account = world.account();
            world.opened(account);
            world.stripe().outage(Outage.ERROR_500_SAVED, 1);

            StartResult during = world.start(account, new Choice.OfAmount(700));
            StartResult after = world.start(account, new Choice.OfAmount(700));

            assertThat(during).isEqualTo(new StartResult.StripeUnavailable());
            started(after);
            assertThat(sessionsOf(account, 700)).hasSize(1);
        }

        @Test
        void aCustomerThatCouldNotBeCreatedIsCreatedLater() {
            AccountId account = world.account();
            world.stripe().outage(Outage.ERROR_500_SAVED, 1);

            StartResult during = world.start(account, new Choice.OfPack("small"));

            assertThat(during).isEqualTo(new StartResult.StripeUnavailable());
            started(world.start(account, new Choice.OfPack("small")));
        }
    }

    @Nested
    class Returning {

        @Test
        void keepsTheParametersOfItsUrl() {
            ReturnUrls urls = new ReturnUrls(URI.create("https://shop/ok?t=1"), URI.create("https://shop/no"));

            assertThat(urls.successTemplate()).isEqualTo("https://shop/ok?t=1&session_id={CHECKOUT_SESSION_ID}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"javascript:alert(1)", "/relative", "ftp://host/", "https:///nohost", "https://h/#part"})
        void goesOnlyToAddressesABrowserCanOpen(String url) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ReturnUrls(URI.create(url), URI.create("https://shop/no")));
        }
    }

    private static StartResult.Started started(StartResult result) {
        assertThat(result).isInstanceOf(StartResult.Started.class);
        return (StartResult.Started) result;
    }

    private long ordersOf(AccountId account) {
        return world.book().number("SELECT count(*) FROM topup_order WHERE account = '" + account + "'");
    }

    private List<Session> sessionsOf(AccountId account, long total) {
        try {
            SessionListParams request = SessionListParams.builder()
                    .setCustomer(
                            world.text("SELECT customer_id FROM stripe_customer WHERE account = '" + account + "'"))
                    .build();
            return stripe.v1().checkout().sessions().list(request).getData().stream()
                    .filter(session -> session.getAmountTotal() == total)
                    .toList();
        } catch (StripeException e) {
            throw new AssertionError(e);
        }
    }
}
