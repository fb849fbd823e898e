package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.param.SubscriptionUpdateParams;
import io.tollgate.billing.World;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Money;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Dunning;
import io.tollgate.sandbox.stripe.DunningEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

/** Plans from their beginning to their end, on Stripe's clock. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionsTest {

    private static final String VISA = "pm_card_visa";
    private static final String DECLINED = "pm_card_chargeCustomerFail";
    private static final Credits PRO = Credits.of(250);

    private final World world = World.still(Subscriber.PLANS);

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterEach
    void booksBalance() {
        assertThat(world.book()
                        .number("SELECT count(*) FROM (SELECT unit FROM ledger_entry GROUP BY unit HAVING"
                                + " sum(amount) <> 0) u"))
                .isZero();
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Subscriber pro() throws StripeException {
        return Subscriber.with(world, VISA).monthly("pro", 500).settle();
    }

    private void give(Subscriber subscriber, long credits) {
        var result = got(world.the(Grants.class)
                .give(new Grant(
                        subscriber.account,
                        Credits.of(credits),
                        Grant.Cause.OPERATOR,
                        "gift-" + subscriber.account,
                        null,
                        Grant.DEFAULT_PRIORITY,
                        null)));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Grants.GrantResult.Given.class,
                        given -> world.the(io.tollgate.billing.topup.Delivery.class)
                                .push(given.command())
                                .block());
    }

    private void toNextMonth(Subscriber subscriber) throws StripeException {
        Instant end = Instant.ofEpochSecond(
                subscriber.shown().getItems().getData().getFirst().getCurrentPeriodEnd());
        world.advance(Duration.between(world.stripe().now(), end).plusSeconds(1));
    }

    private void atPeriodEnd(Subscriber subscriber, Boolean cancel) throws StripeException {
        var _ = subscriber
                .stripe()
                .v1()
                .subscriptions()
                .update(
                        subscriber.subscription(),
                        SubscriptionUpdateParams.builder()
                                .setCancelAtPeriodEnd(cancel)
                                .build());
    }

    @Nested
    class Starting {

        @Test
        void givesTheMonthsAllowanceOnceTheInvoiceIsPaid() throws StripeException {
            Subscriber subscriber = pro();

            assertThat(subscriber.spendable()).isEqualTo(PRO);
            assertThat(subscriber.allowances()).isEqualTo(1);
            Invoice invoice = subscriber.invoices().getFirst();
            Payment payment = got(world.the(Payments.class).ofInvoice(invoice.getId()));
            assertThat(payment.paid()).isEqualTo(new Money(500, "usd"));
            assertThat(payment.kind()).isEqualTo(Payment.Kind.PLAN);
            assertThat(payment.credits()).isEqualTo(PRO);
            assertThat(payment.grant()).isNotNull();
            assertThat(payment.paymentIntent()).startsWith("pi_");
            assertThat(payment.title()).startsWith("Pro, ");
        }

        @Test
        void givesNothingBeforeTheFirstInvoiceIsPaid() throws StripeException {
            Subscriber subscriber =
                    Subscriber.with(world, DECLINED).monthly("pro", 500).settle();

            assertThat(subscriber.shown().getStatus()).isEqualTo("incomplete");
            assertThat(subscriber.spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.payments()).isZero();
        }

        @Test
        void leavesBoughtCreditAlone() throws StripeException {
            Subscriber subscriber = pro();
            give(subscriber, 10);

            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));
            subscriber.settle();

            assertThat(subscriber.spendable()).isEqualTo(Credits.of(260));
        }

        @Test
        void ignoresWhatIsNotOurs() throws StripeException {
            Subscriber subscriber = Subscriber.with(world, VISA);
            String foreign = subscriber
                    .stripe()
                    .v1()
                    .subscriptions()
                    .create(com.stripe.param.SubscriptionCreateParams.builder()
                            .setCustomer(subscriber.customer)
                            .addItem(com.stripe.param.SubscriptionCreateParams.Item.builder()
                                    .setPrice(Subscriber.with(world, VISA)
                                            .monthly("pro", 900)
                                            .shown()
                                            .getItems()
                                            .getData()
                                            .getFirst()
                                            .getPrice()
                                            .getId())
                                    .build())
                            .build())
                    .getId();

            assertThat(got(world.the(Subscriptions.class).look(foreign))).isEqualTo(new LookResult.NotOurs());
            assertThat(got(world.the(Subscriptions.class).look("sub_nowhere"))).isEqualTo(new LookResult.NotThere());
        }
    }

    @Nested
    class Renewing {

        @Test
        void replacesTheAllowanceAndStacksNothing() throws StripeException {
            Subscriber subscriber = pro();

            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));
            subscriber.settle();

            assertThat(subscriber.spendable()).isEqualTo(PRO);
            assertThat(subscriber.allowances()).isEqualTo(2);
            assertThat(subscriber.payments()).isEqualTo(2);
        }

        @Test
        void rollsOverWhatThePlanAllows() throws StripeException {
            Subscriber subscriber =
                    Subscriber.with(world, VISA).monthly("roll", 1000).settle();

            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));
            subscriber.settle();

            assertThat(subscriber.spendable()).isEqualTo(Credits.of(140));
        }

        @Test
        void leavesNoGapWhileStripeFinalises() throws StripeException {
            Subscriber subscriber = pro();

            toNextMonth(subscriber);
            for (int minute = 0; minute < 58; minute += 5) {
                assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
                world.advance(Duration.ofMinutes(5));
            }
            assertThat(subscriber.payments()).isEqualTo(1);
            world.advance(Duration.ofMinutes(10));

            assertThat(subscriber.due().spendable()).isEqualTo(PRO);
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(subscriber.payments()).isEqualTo(2);
        }

        @Test
        void goesOnForThreeYears() throws StripeException {
            Subscriber subscriber = pro();

            for (int month = 0; month < 36; month++) {
                toNextMonth(subscriber);
                world.advance(Duration.ofHours(2));
                subscriber.due();
                var _ = got(world.the(Subscriptions.class).look(subscriber.subscription()));
                assertThat(subscriber.spendable()).as("month %d", month).isEqualTo(PRO);
            }

            assertThat(subscriber.allowances()).isEqualTo(37);
            assertThat(subscriber.payments()).isEqualTo(37);
        }

        @Test
        void aMonthPaidLateIsBookedButNeverTakesTheLaterOnesPlace() throws StripeException {
            Subscriber subscriber = pro();
            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));
            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));

            var _ = got(world.the(Subscriptions.class).look(subscriber.subscription()));
            assertThat(subscriber.allowances()).isEqualTo(2);
            subscriber.settle();

            assertThat(subscriber.payments()).isEqualTo(3);
            assertThat(subscriber.allowances()).isEqualTo(2);
            assertThat(subscriber.spendable()).isEqualTo(PRO);
        }
    }

    @Nested
    class Yearly {

        @Test
        void givesTwelveAllowancesForOnePayment() throws StripeException {
            Subscriber subscriber =
                    Subscriber.with(world, VISA).yearly("pro", 5000).settle();
            Instant start = world.stripe().now();

            for (int month = 1; month <= 11; month++) {
                Instant next = start.atZone(ZoneOffset.UTC).plusMonths(month).toInstant();
                world.advance(Duration.between(world.stripe().now(), next).plusSeconds(60));
                assertThat(subscriber.due().spendable()).isEqualTo(PRO);
                assertThat(subscriber.allowances()).isEqualTo(month + 1);
            }

            assertThat(subscriber.payments()).isEqualTo(1);
            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));
            assertThat(subscriber.settle().allowances()).isEqualTo(13);
            assertThat(subscriber.payments()).isEqualTo(2);
        }

        @Test
        void givesOnlyThePresentMonthAfterADowntime() throws StripeException {
            Subscriber subscriber =
                    Subscriber.with(world, VISA).yearly("pro", 5000).settle();

            world.advance(Duration.ofDays(130));

            assertThat(subscriber.due().allowances()).isEqualTo(2);
            assertThat(subscriber.spendable()).isEqualTo(PRO);
            assertThat(subscriber.due().allowances()).isEqualTo(2);
        }

        @Test
        void givesAMonthOnceHoweverManyGatewaysLook() throws StripeException {
            Subscriber subscriber =
                    Subscriber.with(world, VISA).yearly("pro", 5000).settle();
            world.advance(Duration.ofDays(32));

            var _ = got(Flux.range(0, 8)
                    .flatMap(i -> world.the(PlanSchedule.class).turn(), 8)
                    .collectList());

            assertThat(subscriber.allowances()).isEqualTo(2);
        }
    }

    @Nested
    class Trying {

        @Test
        void givesTheTrialsAllowanceAndThenThePlansOncePaid() throws StripeException {
            Subscriber subscriber =
                    Subscriber.with(world, VISA).trying("pro", 500, 14).settle();
            assertThat(subscriber.spendable()).isEqualTo(Credits.of(50));
            assertThat(subscriber.payments()).isZero();

            world.advance(Duration.ofDays(12));
            assertThat(subscriber.settle().notices("TRIAL_ENDING")).isEqualTo(1);
            world.advance(Duration.ofDays(2).plusMinutes(30));
            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.of(50));
            world.advance(Duration.ofHours(1));

            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(subscriber.payments()).isEqualTo(1);
        }

        @Test
        void takesTheAllowanceAwayWhenTheTrialIsCancelled() throws StripeException {
            Subscriber subscriber = Subscriber.with(world, "pm_card_mastercard")
                    .trying("pro", 500, 14)
                    .settle();
            assertThat(subscriber.spendable()).isEqualTo(Credits.of(50));

            var _ = subscriber.stripe().v1().subscriptions().cancel(subscriber.subscription());

            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.notices("SUBSCRIPTION_ENDED")).isEqualTo(1);
        }

        @Test
        void comesOncePerCard() throws StripeException {
            Subscriber first = Subscriber.with(world, "pm_card_pendingRefund")
                    .trying("pro", 500, 14)
                    .settle();
            Subscriber second = Subscriber.with(world, "pm_card_pendingRefund")
                    .trying("pro", 500, 14)
                    .settle();

            assertThat(first.spendable()).isEqualTo(Credits.of(50));
            assertThat(second.spendable()).isEqualTo(Credits.ZERO);
        }
    }

    @Nested
    class Failing {

        private Subscriber failing() throws StripeException {
            Subscriber subscriber = pro();
            subscriber.useCard(DECLINED);
            toNextMonth(subscriber);
            world.advance(Duration.ofHours(1).plusMinutes(5));
            return subscriber.settle();
        }

        private void pay(Subscriber subscriber) throws StripeException {
            subscriber.useCard(VISA);
            var _ = subscriber
                    .stripe()
                    .v1()
                    .invoices()
                    .pay(subscriber.invoices().getFirst().getId());
        }

        @Test
        void startsTheGraceInWhichTheAllowanceGoesOn() throws StripeException {
            Subscriber subscriber = failing();

            assertThat(subscriber.shown().getStatus()).isEqualTo("past_due");
            assertThat(subscriber.spendable()).isEqualTo(PRO);
            assertThat(subscriber.notices("PAYMENT_FAILED")).isEqualTo(1);
            world.advance(Duration.ofHours(23));
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(subscriber.allowances()).isEqualTo(1);
        }

        @Test
        void endsTheAllowanceAfterTheGraceButNotWhatWasBought() throws StripeException {
            Subscriber subscriber = failing();
            give(subscriber, 10);

            world.advance(Duration.ofHours(24).plusMinutes(5));

            assertThat(subscriber.due().spendable()).isEqualTo(Credits.of(10));
            assertThat(subscriber.notices("GRACE_ENDED")).isEqualTo(1);
            assertThat(subscriber.due().notices("GRACE_ENDED")).isEqualTo(1);
        }

        @Test
        void retriesDoNotExtendTheGrace() throws StripeException {
            Subscriber subscriber = failing();
            world.advance(Duration.ofHours(24).plusMinutes(5));
            subscriber.due();

            world.advance(Duration.ofDays(3));
            subscriber.settle();

            assertThat(subscriber.invoices().getFirst().getAttemptCount()).isGreaterThan(1);
            assertThat(subscriber.spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.notices("PAYMENT_FAILED")).isEqualTo(2);
            assertThat(subscriber.notices("GRACE_ENDED")).isEqualTo(1);
        }

        @Test
        void restoresTheAllowanceAtOnceWhenPaidLate() throws StripeException {
            Subscriber subscriber = failing();
            world.advance(Duration.ofHours(30));
            assertThat(subscriber.due().spendable()).isEqualTo(Credits.ZERO);

            pay(subscriber);

            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(subscriber.notices("PAYMENT_RECOVERED")).isEqualTo(1);
            assertThat(subscriber.payments()).isEqualTo(2);
            world.advance(Duration.ofHours(30));
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
        }

        @Test
        void paidWithinTheGraceNothingIsLost() throws StripeException {
            Subscriber subscriber = failing();

            pay(subscriber);
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            world.advance(Duration.ofHours(30));

            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(subscriber.notices("GRACE_ENDED")).isZero();
            assertThat(subscriber.allowances()).isEqualTo(2);
        }

        @Test
        void asksTheCardholderToConfirmWhereTheBankWantsIt() throws StripeException {
            Subscriber subscriber = pro();
            subscriber.useCard("pm_card_authenticationRequired");
            toNextMonth(subscriber);
            world.advance(Duration.ofHours(1).plusMinutes(5));

            assertThat(subscriber.settle().notices("PAYMENT_ACTION_REQUIRED")).isEqualTo(1);
            assertThat(subscriber.notices("PAYMENT_FAILED")).isZero();
            PlanStanding standing = got(world.the(PlanStandings.class).of(subscriber.account));
            assertThat(standing.state()).isEqualTo(PlanStanding.State.GRACE);
            assertThat(standing.graceUntil()).isAfter(world.stripe().now());
            assertThat(standing.paymentUrl()).contains("/");
        }

        @Test
        void tellsTheReasonAndWhereToPay() throws StripeException {
            Subscriber subscriber = failing();

            assertThat(subscriber.number("SELECT count(*) FROM notice WHERE account = '$account'"
                            + " AND kind = 'PAYMENT_FAILED' AND facts ->> 'reason' = 'generic_decline'"
                            + " AND facts ->> 'url' LIKE 'http%' AND facts ->> 'until' IS NOT NULL"
                            + " AND facts ->> 'amount_minor' = '500'"))
                    .isEqualTo(1);
        }

        @Test
        void paidAfterThePlanWasLostGivesTheMonthThatWasPaid() throws StripeException {
            Subscriber subscriber = failing();
            for (int day = 0; day < 17; day++) {
                world.advance(Duration.ofDays(1));
                subscriber.settle();
            }
            assertThat(subscriber.shown().getStatus()).isEqualTo("canceled");

            pay(subscriber);
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            world.advance(Duration.ofDays(20));

            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.payments()).isEqualTo(2);
        }

        @Test
        void losesThePlanWhenStripeLeavesItUnpaidAndHasItBackOncePaid() throws StripeException {
            world.stripe().subscribers().dun(new Dunning(List.of(Duration.ofHours(6)), DunningEnd.UNPAID));
            Subscriber subscriber = failing();
            world.advance(Duration.ofHours(7));
            subscriber.settle();
            world.stripe().subscribers().dun(Dunning.DEFAULT);
            assertThat(subscriber.shown().getStatus()).isEqualTo("unpaid");
            assertThat(subscriber.spendable()).isEqualTo(Credits.ZERO);

            pay(subscriber);

            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(got(world.the(PlanStandings.class).of(subscriber.account))
                            .state())
                    .isEqualTo(PlanStanding.State.ACTIVE);
        }

        @Test
        void aMonthPaidSinceIsNotTakenAwayForAnEarlierOneThatStaysUnpaid() throws StripeException {
            world.stripe().subscribers().dun(new Dunning(List.of(Duration.ofHours(6)), DunningEnd.PAST_DUE));
            Subscriber subscriber = failing();
            world.advance(Duration.ofDays(2));
            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.ZERO);
            world.stripe().subscribers().dun(Dunning.DEFAULT);

            subscriber.useCard(VISA);
            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));

            assertThat(subscriber.settle().payments()).isEqualTo(2);
            assertThat(subscriber.due().spendable()).isEqualTo(PRO);
            assertThat(got(world.the(PlanStandings.class).of(subscriber.account))
                            .graceUntil())
                    .isNull();
        }

        @Test
        void aVoidedInvoiceEndsItsGraceSoThatTheNextPaidMonthStays() throws StripeException {
            Subscriber subscriber = failing();
            var _ = subscriber
                    .stripe()
                    .v1()
                    .invoices()
                    .voidInvoice(subscriber.invoices().getFirst().getId());
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(got(world.the(PlanStandings.class).of(subscriber.account))
                            .graceUntil())
                    .isNull();

            subscriber.useCard(VISA);
            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));

            assertThat(subscriber.settle().due().spendable()).isEqualTo(PRO);
            assertThat(subscriber.payments()).isEqualTo(2);
        }

        @Test
        void losesThePlanWhenStripeGivesUp() throws StripeException {
            Subscriber subscriber = failing();

            for (int day = 0; day < 20; day++) {
                world.advance(Duration.ofDays(1));
                subscriber.settle();
            }

            assertThat(subscriber.shown().getStatus()).isEqualTo("canceled");
            assertThat(subscriber.spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.notices("SUBSCRIPTION_ENDED")).isEqualTo(1);
            assertThat(subscriber.payments()).isEqualTo(1);
        }
    }

    @Nested
    class Ending {

        @Test
        void livesToTheEndOfThePeriodWhenCancelledForThen() throws StripeException {
            Subscriber subscriber = pro();
            atPeriodEnd(subscriber, true);
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);

            world.advance(Duration.ofDays(20));
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            toNextMonth(subscriber);

            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.shown().getStatus()).isEqualTo("canceled");
        }

        @Test
        void endsAtOnceWhenCancelledNow() throws StripeException {
            Subscriber subscriber = pro();

            var _ = subscriber.stripe().v1().subscriptions().cancel(subscriber.subscription());

            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.payments()).isEqualTo(1);
        }

        @Test
        void staysEndedWhateverOldNewsComes() throws StripeException {
            Subscriber subscriber = pro();
            var _ = subscriber.stripe().v1().subscriptions().cancel(subscriber.subscription());
            var events = subscriber.own(Subscriber.allEvents(world));

            for (var event : events.reversed()) {
                assertThat(subscriber.handle(event)).isEqualTo(Handling.done());
            }

            assertThat(subscriber.spendable()).isEqualTo(Credits.ZERO);
            assertThat(got(world.the(PlanStandings.class).of(subscriber.account))
                            .state())
                    .isEqualTo(PlanStanding.State.ENDED);
        }

        @Test
        void givesNothingOfWhatWasPaidBeforeAnEndThatWeHearOfFirst() throws StripeException {
            Subscriber subscriber = Subscriber.with(world, VISA).monthly("pro", 500);
            var _ = subscriber.stripe().v1().subscriptions().cancel(subscriber.subscription());

            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.payments()).isEqualTo(1);
        }

        @Test
        void goesOnWhenReactivatedInTime() throws StripeException {
            Subscriber subscriber = pro();
            atPeriodEnd(subscriber, true);
            assertThat(subscriber
                            .settle()
                            .number("SELECT count(*) FROM account_plan WHERE account = '$account'"
                                    + " AND lives_until = month_end"))
                    .isEqualTo(1);

            atPeriodEnd(subscriber, false);
            subscriber.settle();
            toNextMonth(subscriber);
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            world.advance(Duration.ofHours(2));

            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            assertThat(subscriber.payments()).isEqualTo(2);
        }
    }

    @Nested
    class Pausing {

        @Test
        void bringsNoFurtherMonthButKeepsThePaidOne() throws StripeException {
            Subscriber subscriber = pro();
            var _ = subscriber
                    .stripe()
                    .v1()
                    .subscriptions()
                    .update(
                            subscriber.subscription(),
                            SubscriptionUpdateParams.builder()
                                    .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                            .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                                            .build())
                                    .build());
            assertThat(subscriber.settle().spendable()).isEqualTo(PRO);
            PlanStanding standing = got(world.the(PlanStandings.class).of(subscriber.account));
            assertThat(standing.state()).isEqualTo(PlanStanding.State.PAUSED);
            assertThat(standing.pausedAs()).isEqualTo("void");

            toNextMonth(subscriber);
            world.advance(Duration.ofHours(2));

            assertThat(subscriber.settle().spendable()).isEqualTo(Credits.ZERO);
            assertThat(subscriber.payments()).isEqualTo(1);
        }
    }
}
