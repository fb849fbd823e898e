package io.tollgate.billing.topup;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.CheckoutSession.Payment;
import io.tollgate.billing.checkout.CheckoutSession.Status;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderId;
import io.tollgate.billing.order.OrderState;
import io.tollgate.billing.order.Orders;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.topup.FulfilResult.Reason;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopUpsTest {

    private final World world = World.still();
    private final Orders orders = world.the(Orders.class);
    private final ScriptedTill till = new ScriptedTill();
    private final TopUps topUps = topUps(world.the(Delivery.class));

    private AccountId account = new AccountId("none");
    private Order order = order(account, "cs_none");
    private String session = "";

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void order() {
        account = world.account();
        OrderId id = OrderId.random();
        session = "cs_" + id;
        order = order(account, session);
        orders.add(order).block();
    }

    @Nested
    class Fulfilling {

        @Test
        void givesWhatTheOrderSaysOncePaid() {
            till.say(session, order, Status.COMPLETE, Payment.PAID);

            assertThat(fulfil()).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
            assertThat(fulfil()).isEqualTo(new FulfilResult.GrantedBefore(account, Credits.of(10)));
            assertThat(world.grantsOf(account)).isEqualTo(1);
            assertThat(world.text(
                            "SELECT cause || ' ' || cause_id || ' ' || amount_micros || ' ' || paid_minor || currency"
                                    + " FROM grant_record WHERE account = '" + account + "'"))
                    .isEqualTo("TOP_UP " + session + " 10000000 900usd");
        }

        @Test
        void asksStripeNothingAboutWhatIsGranted() {
            till.say(session, order, Status.COMPLETE, Payment.PAID);
            fulfil();
            int asked = till.questions();

            fulfil();

            assertThat(till.questions()).isEqualTo(asked);
        }

        @Test
        void waitsForABuyerWhoHasNotPaid() {
            till.say(session, order, Status.OPEN, Payment.UNPAID);

            assertThat(fulfil()).isEqualTo(new FulfilResult.AwaitingPayment(account));
            assertThat(state()).isEqualTo(OrderState.OPEN);
            assertThat(world.grantsOf(account)).isZero();
        }

        @Test
        void waitsForMoneyThatIsOnItsWay() {
            till.say(session, order, Status.COMPLETE, Payment.UNPAID);

            assertThat(fulfil()).isEqualTo(new FulfilResult.AwaitingPayment(account));
            assertThat(state()).isEqualTo(OrderState.AWAITING_PAYMENT);
            assertThat(world.grantsOf(account)).isZero();
        }

        @Test
        void closesWhatHasExpired() {
            till.say(session, order, Status.EXPIRED, Payment.UNPAID);

            assertThat(fulfil()).isEqualTo(new FulfilResult.Expired(account));
            assertThat(state()).isEqualTo(OrderState.EXPIRED);
        }

        @Test
        void givesWhatWasPaidAfterItSeemedToHaveFailed() {
            till.say(session, order, Status.COMPLETE, Payment.UNPAID);
            assertThat(got(topUps.paymentFailed(session, AskedBy.WEBHOOK)))
                    .isEqualTo(new FulfilResult.PaymentFailed(account));
            assertThat(fulfil()).isEqualTo(new FulfilResult.PaymentFailed(account));
            assertThat(state()).isEqualTo(OrderState.FAILED);

            till.say(session, order, Status.COMPLETE, Payment.PAID);

            assertThat(fulfil()).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
        }

        @Test
        void aFailureAfterThePaymentTakesNothingBack() {
            till.say(session, order, Status.COMPLETE, Payment.PAID);
            fulfil();

            assertThat(got(topUps.paymentFailed(session, AskedBy.WEBHOOK)))
                    .isEqualTo(new FulfilResult.GrantedBefore(account, Credits.of(10)));
            assertThat(state()).isEqualTo(OrderState.GRANTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "cs_", "cs_unheard_of", "pi_123", "cs_x' OR 1=1", "cs_\u0000", "../../etc"})
        void knowsNoMadeUpSessionAndAsksStripeNothing(String madeUp) {
            int asked = till.questions();

            assertThat(got(topUps.fulfil(madeUp, AskedBy.SUCCESS_PAGE))).isEqualTo(new FulfilResult.Unknown());
            assertThat(topUps.status(madeUp).block()).isNull();
            assertThat(till.questions()).isEqualTo(asked);
        }
    }

    @Nested
    class TakingCodes {

        @Test
        void whatACodeTookOffBuysCreditAllTheSame() {
            till.say(discounted(500, 400, Payment.PAID));

            assertThat(fulfil()).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
            assertThat(basis()).isEqualTo(500);
            assertThat(got(world.the(Payments.class).ofInvoice("in_" + session)).paid())
                    .isEqualTo(new Money(500, "usd"));
        }

        @Test
        void taxOnTopOfACodeIsNoPriceBack() {
            till.say(discounted(550, 400, Payment.PAID));

            assertThat(fulfil()).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
            assertThat(basis()).isEqualTo(500);
        }

        @Test
        void aCodeThatLeavesNothingToPayBuysCreditToo() {
            till.say(discounted(0, 900, Payment.NOT_REQUIRED));

            assertThat(fulfil()).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
            assertThat(basis()).isZero();
        }

        @Test
        void butNotBeforeTheBuyerHasSaidYes() {
            till.say(new CheckoutSession(
                    session,
                    "https://pay",
                    order.id().value(),
                    Status.OPEN,
                    Payment.NOT_REQUIRED,
                    0,
                    "usd",
                    null,
                    new CheckoutSession.Outcome(null, null, null, 900)));

            assertThat(fulfil()).isEqualTo(new FulfilResult.AwaitingPayment(account));
            assertThat(world.grantsOf(account)).isZero();
        }

        @Test
        void theBuyerIsToldOnce() {
            till.say(discounted(500, 400, Payment.PAID));
            fulfil();
            fulfil();

            assertThat(world.text("SELECT kind FROM notice WHERE account = '" + account + "'"))
                    .isEqualTo("CREDIT_GRANTED");
        }

        @Test
        void thePayersAddressIsLearned() {
            till.say(discounted(500, 400, Payment.PAID));
            fulfil();

            assertThat(world.text("SELECT email FROM contact WHERE account = '" + account + "'"))
                    .isEqualTo("payer@example.com");
        }
    }

    @Nested
    class Withholding {

        @Test
        void whatWasPaidTooLittleFor() {
            till.say(paid(899, "usd", Payment.PAID));

            assertWithheld(Reason.PAID_SOMETHING_ELSE);
        }

        @Test
        void whatWasPaidInAnotherCurrency() {
            till.say(paid(900, "jpy", Payment.PAID));

            assertWithheld(Reason.PAID_SOMETHING_ELSE);
        }

        @Test
        void whatWasPaidWithNothing() {
            till.say(paid(0, "usd", Payment.NOT_REQUIRED));

            assertWithheld(Reason.PAID_SOMETHING_ELSE);
        }

        @Test
        void whatAPromotionCodeDoesNotMakeUpFor() {
            till.say(discounted(499, 400, Payment.PAID));

            assertWithheld(Reason.PAID_SOMETHING_ELSE);
        }

        @Test
        void whatACodeLeftNothingToPayForIfSettingsSaySo() {
            till.say(discounted(0, 900, Payment.NOT_REQUIRED));
            TopUps strict = topUps(world.the(Delivery.class), Verdicts.NothingPaid.WITHHOLD);

            assertThat(got(strict.fulfil(session, AskedBy.WEBHOOK)))
                    .isEqualTo(new FulfilResult.Withheld(account, Reason.PAID_NOTHING));
            assertThat(world.grantsOf(account)).isZero();
        }

        @Test
        void whatTheAccountCouldNotHold() {
            give(account, Credits.ofMicros(Credits.MICROS_MAX - 1), "full-" + account);
            till.say(session, order, Status.COMPLETE, Payment.PAID);

            assertWithheld(Reason.BEYOND_BOUND);
        }

        @Test
        void nothingOnceItIsRight() {
            till.say(paid(899, "usd", Payment.PAID));
            fulfil();
            till.say(paid(950, "usd", Payment.PAID));

            assertThat(fulfil()).isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
        }

        private void assertWithheld(Reason reason) {
            long before = world.grantsOf(account);

            assertThat(fulfil()).isEqualTo(new FulfilResult.Withheld(account, reason));

            assertThat(state()).isEqualTo(OrderState.WITHHELD);
            assertThat(world.grantsOf(account)).isEqualTo(before);
        }
    }

    @Nested
    class Adopting {

        @Test
        void findsTheOrderOfASessionWhoseOpeningWasLost() {
            Order lost = unopened();
            till.say("cs_lost", lost, Status.COMPLETE, Payment.PAID);

            assertThat(got(topUps.fulfil("cs_lost", AskedBy.SUCCESS_PAGE))).isEqualTo(new FulfilResult.Unknown());
            assertThat(got(topUps.adopt("cs_lost", AskedBy.WEBHOOK)))
                    .isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
        }

        @Test
        void leavesASessionAloneThatRefersToAnOrderWithAnother() {
            till.say("cs_other", order, Status.COMPLETE, Payment.PAID);

            assertThat(got(topUps.adopt("cs_other", AskedBy.WEBHOOK))).isEqualTo(new FulfilResult.Unknown());
            assertThat(world.grantsOf(account)).isZero();
        }

        @Test
        void leavesTheSessionsOfOthersAlone() {
            till.say(new CheckoutSession("cs_foreign", null, null, Status.COMPLETE, Payment.PAID, 900, "usd", null));

            assertThat(got(topUps.adopt("cs_foreign", AskedBy.WEBHOOK))).isEqualTo(new FulfilResult.NotOurs());
        }

        private Order unopened() {
            Order lost = order(account, null);
            orders.add(lost).block();
            return lost;
        }
    }

    @Nested
    class Delivering {

        @Test
        void aPushThatFailsLeavesTheCommandToTheCourier() {
            till.say(session, order, Status.COMPLETE, Payment.PAID);
            TopUps cutOff = topUps(command -> Mono.error(new StoreUnavailableException("gone")));

            assertThat(got(cutOff.fulfil(session, AskedBy.WEBHOOK)))
                    .isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));
            assertThat(got(world.the(Commands.class).unapplied(account, 10).count()))
                    .isEqualTo(1);
        }

        @Test
        void theCommandIsPushedOnceItsGrantIsCommitted() {
            till.say(session, order, Status.COMPLETE, Payment.PAID);
            List<Long> committed = Collections.synchronizedList(new ArrayList<>());
            TopUps watched = topUps(command -> world.the(Commands.class)
                    .unapplied(account, 10)
                    .count()
                    .doOnNext(committed::add)
                    .then());

            got(watched.fulfil(session, AskedBy.WEBHOOK));
            got(watched.fulfil(session, AskedBy.WEBHOOK));

            assertThat(committed).containsExactly(1L);
        }
    }

    /** Whatever is heard in whatever order, however often: a payment that arrives grants once, and one that does not never does. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class InAnyOrder {

        static LongStream seeds() {
            return new Random().longs(30);
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("seeds")
        void aPaymentGrantsOnce(long seed) {
            Random random = new Random(seed);
            till.say(session, order, Status.COMPLETE, Payment.PAID);
            List<Mono<FulfilResult>> news = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                news.add(topUps.adopt(session, AskedBy.WEBHOOK));
                news.add(topUps.paymentFailed(session, AskedBy.WEBHOOK));
                news.add(topUps.fulfil(session, AskedBy.SUCCESS_PAGE));
                news.add(topUps.fulfil(session, AskedBy.RECONCILER));
                news.add(orders.moveTo(order.id(), OrderState.EXPIRED).then(Mono.empty()));
                news.add(orders.moveTo(order.id(), OrderState.FAILED).then(Mono.empty()));
            }
            Collections.shuffle(news, random);

            List<FulfilResult> results = got(Flux.fromIterable(news)
                    .flatMap(telling -> telling, 1 + random.nextInt(6))
                    .collectList());

            assertThat(results)
                    .filteredOn(FulfilResult.Granted.class::isInstance)
                    .hasSize(1);
            assertThat(world.grantsOf(account)).isEqualTo(1);
            assertThat(state()).isEqualTo(OrderState.GRANTED);
        }
    }

    private FulfilResult fulfil() {
        return got(topUps.fulfil(session, AskedBy.SUCCESS_PAGE));
    }

    private OrderState state() {
        return got(topUps.status(session)).state();
    }

    private TopUps topUps(Delivery delivery) {
        return topUps(delivery, Verdicts.NothingPaid.GRANT);
    }

    private TopUps topUps(Delivery delivery, Verdicts.NothingPaid nothingPaid) {
        return new TopUps(
                orders,
                till,
                world.the(TopUpBook.class),
                delivery,
                (order, subscription) -> Mono.empty(),
                new Verdicts(nothingPaid),
                new TopUpMetrics(new SimpleMeterRegistry()));
    }

    private CheckoutSession discounted(long total, long discount, Payment payment) {
        return new CheckoutSession(
                session,
                null,
                order.id().value(),
                Status.COMPLETE,
                payment,
                total,
                "usd",
                payment == Payment.PAID ? "pi_" + session : null,
                new CheckoutSession.Outcome(null, "in_" + session, "payer@example.com", discount));
    }

    private long basis() {
        return world.book().number("SELECT paid_minor FROM grant_record WHERE cause_id = '" + session + "'");
    }

    private CheckoutSession paid(long total, String currency, Payment payment) {
        return new CheckoutSession(
                session, null, order.id().value(), Status.COMPLETE, payment, total, currency, "pi_1");
    }

    private void give(AccountId to, Credits amount, String causeId) {
        got(world.the(Grants.class)
                .give(new Grant(to, amount, Grant.Cause.OPERATOR, causeId, null, Grant.DEFAULT_PRIORITY, null)));
    }

    private static Order order(AccountId account, @Nullable String session) {
        return new Order(
                OrderId.random(),
                account,
                session == null ? OrderState.UNANSWERED : OrderState.OPEN,
                "Small",
                Credits.of(10),
                new Money(900, "usd"),
                "cus_1",
                "fingerprint",
                Instant.now().plusSeconds(2_100),
                session);
    }
}
