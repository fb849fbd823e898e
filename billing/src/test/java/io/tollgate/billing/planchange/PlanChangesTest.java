package io.tollgate.billing.planchange;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.planchange.ChangeResult.Kept;
import io.tollgate.billing.planchange.ChangeResult.Made;
import io.tollgate.billing.planchange.ChangeResult.PaymentWanted;
import io.tollgate.billing.planchange.ChangeResult.Refused;
import io.tollgate.billing.planchange.ChangeResult.Scheduled;
import io.tollgate.billing.reversal.Calls;
import io.tollgate.billing.subscription.SubscriptionState.PendingChange;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of plan, asked for by their owners. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanChangesTest {

    private static final Interval MONTH = Interval.MONTH;
    private static final Interval YEAR = Interval.YEAR;

    private final World world = World.still(Owner.PLANS);

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterEach
    void booksBalance() {
        assertThat(world.number("SELECT count(*) FROM (SELECT unit FROM ledger_entry GROUP BY unit HAVING"
                        + " sum(amount) <> 0) u"))
                .isZero();
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Owner small() throws StripeException {
        return Owner.of(world, "small", MONTH);
    }

    private static LongStream seeds() {
        return new Random().longs(6);
    }

    @Nested
    class Upgrading {

        /** Story (d). */
        @Test
        void fromTenToFiftyDollarsAfterHalfTheMonthChargesTwentyDollarsNow() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();

            Preview preview = owner.previewed("big", null);
            ChangeResult result = owner.confirm(preview);

            assertThat(preview.charge()).isEqualTo(new Money(2000, "usd"));
            assertThat(preview.credits()).isEqualTo(Credits.of(200));
            assertThat(preview.renewal()).isEqualTo(new Money(5000, "usd"));
            assertThat(preview.renewsAt()).isEqualTo(owner.standing().resetsAt());
            assertThat(preview.kind()).isEqualTo(Kind.UPGRADE);
            assertThat(result).isEqualTo(new Made(preview));
            Invoice invoice = owner.invoices().getFirst();
            assertThat(invoice.getAmountPaid()).isEqualTo(2000);
            assertThat(owner.spendable()).isEqualTo(Credits.of(300));
            Payment payment = got(world.the(Payments.class).ofInvoice(invoice.getId()));
            assertThat(payment.kind()).isEqualTo(Payment.Kind.PLAN_CHANGE);
            assertThat(payment.paid()).isEqualTo(new Money(2000, "usd"));
            assertThat(payment.credits()).isEqualTo(Credits.of(200));
            assertThat(payment.paymentIntent()).startsWith("pi_");
            assertThat(payment.grant()).isNotNull();
            assertThat(owner.standing().plan()).isEqualTo("big");
            assertThat(owner.standing().allowance()).isEqualTo(Credits.of(300));
            assertThat(owner.changeState()).isEqualTo("MADE");
        }

        @Test
        void keepsWhatWasUsed() throws StripeException {
            Owner owner = small();
            Calls.use(world, owner.account, Credits.of(70));
            owner.halfAPeriod();

            var _ = owner.change("big", MONTH);

            assertThat(owner.spendable()).isEqualTo(Credits.of(230));
        }

        @Test
        void givesOnceHoweverOftenItIsLookedAt() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();
            var _ = owner.change("big", MONTH);

            var _ = owner.settle().settle();

            assertThat(owner.given()).isEqualTo(Credits.of(300));
            assertThat(owner.payments("PLAN_CHANGE")).isEqualTo(1);
        }

        @Test
        void givesTheNewAllowanceFromTheNextMonthOn() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();
            var _ = owner.change("big", MONTH);

            owner.nextPeriod();

            assertThat(owner.spendable()).isEqualTo(Credits.of(500));
            assertThat(owner.invoices().getFirst().getAmountPaid()).isEqualTo(5000);
        }

        @Test
        void ofAYearGivesTheShareOfThisMonthAndLaterMonthsInFull() throws StripeException {
            Owner owner = Owner.of(world, "small", YEAR);
            Instant end = owner.monthEnd();
            world.advance(Duration.between(world.stripe().now(), end).dividedBy(2));

            Preview preview = owner.previewed("big", YEAR);
            assertThat(owner.confirm(preview)).isInstanceOf(Made.class);

            assertThat(preview.credits()).isEqualTo(Credits.of(200));
            assertThat(owner.spendable()).isEqualTo(Credits.of(300));
            world.advance(Duration.between(world.stripe().now(), end).plusSeconds(1));
            assertThat(owner.look().spendable()).isEqualTo(Credits.of(500));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("io.tollgate.billing.planchange.PlanChangesTest#seeds")
        void chargesAndGivesWhatWasPreviewed(long seed) throws StripeException {
            Random random = new Random(seed);
            Owner owner = Owner.of(world, "small", random.nextBoolean() ? MONTH : YEAR);
            world.advance(Duration.ofSeconds(random.nextLong(28L * 24 * 3600)));
            var _ = owner.settle();
            Credits before = owner.given();

            Preview preview = owner.previewed("big", random.nextBoolean() ? MONTH : YEAR);
            world.advance(Duration.ofSeconds(random.nextLong(600)));
            assertThat(owner.confirm(preview)).isInstanceOf(Made.class);

            assertThat(owner.invoices().getFirst().getAmountPaid())
                    .isEqualTo(preview.charge().minor());
            assertThat(owner.given().minus(before)).isEqualTo(preview.credits());
        }

        @Test
        void isNotMadeForAPreviewOfLongAgo() throws StripeException {
            Owner owner = small();
            Preview preview = owner.previewed("big", MONTH);
            world.advance(Duration.ofMinutes(11));

            assertThat(owner.confirm(preview))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Stale.class));

            assertThat(owner.standing().plan()).isEqualTo("small");
            assertThat(owner.invoices()).hasSize(1);
        }

        @Test
        void isNotMadeForAnotherAmount() throws StripeException {
            Owner owner = small();
            Preview preview = owner.previewed("big", MONTH);
            Stamp forged = new Stamp(preview.proratedAt(), 1, preview.credits());

            ChangeResult result =
                    got(world.the(PlanChanges.class).change(owner.account, new Wish("big", MONTH), forged));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.refusal())
                                    .isInstanceOfSatisfying(
                                            Refusal.Stale.class,
                                            stale -> assertThat(stale.now().charge())
                                                    .isEqualTo(preview.charge())));
        }

        @Test
        void changesOnceWhenAskedTwiceAtTheSameMoment() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();
            PlanChanges changes = world.the(PlanChanges.class);
            Wish wish = new Wish("big", MONTH);

            List<ChangeResult> results = got(reactor.core.publisher.Flux.range(0, 4)
                    .flatMap(_ -> changes.change(owner.account, wish, null), 4)
                    .collectList());

            assertThat(results).filteredOn(Made.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(Refused.class::isInstance).hasSize(3);
            assertThat(owner.settle().given()).isEqualTo(Credits.of(300));
        }
    }

    @Nested
    class APaymentThatFails {

        @Test
        void changesNothingUntilItIsMade() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();
            owner.page().changeCard(owner.subscription(), Owner.FAILING);

            ChangeResult result = owner.change("big", MONTH);

            assertThat(result).isInstanceOfSatisfying(PaymentWanted.class, wanted -> {
                assertThat(wanted.reason()).isNotNull();
                assertThat(wanted.url()).startsWith("http");
            });
            assertThat(owner.settle().standing().plan()).isEqualTo("small");
            assertThat(owner.given()).isEqualTo(Credits.of(100));
            assertThat(owner.change("middle", MONTH))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.AwaitsPayment.class));

            assertThat(owner.page().payInvoice(owner.invoices().getFirst().getId(), Owner.VISA))
                    .isTrue();
            owner.events().forEach(owner::handle);

            assertThat(owner.standing().plan()).isEqualTo("big");
            assertThat(owner.spendable()).isEqualTo(Credits.of(300));
            assertThat(owner.changeState()).isEqualTo("MADE");
        }

        @Test
        void isForgottenAfterADay() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();
            owner.page().changeCard(owner.subscription(), Owner.ASKING);
            assertThat(owner.change("big", MONTH)).isInstanceOf(PaymentWanted.class);

            world.advance(Duration.ofHours(24));
            owner.events().forEach(owner::handle);

            assertThat(owner.changeState()).isEqualTo("LAPSED");
            assertThat(owner.standing().plan()).isEqualTo("small");
            assertThat(owner.given()).isEqualTo(Credits.of(100));
            assertThat(owner.shown().getPendingUpdate()).isNull();
            owner.page().changeCard(owner.subscription(), Owner.VISA);
            assertThat(owner.change("big", MONTH)).isInstanceOf(Made.class);
        }
    }

    @Nested
    class Downgrading {

        @Test
        void waitsForThePeriodsEnd() throws StripeException {
            Owner owner = Owner.of(world, "big", MONTH);
            owner.halfAPeriod();
            Instant end = owner.monthEnd();

            Preview preview = owner.previewed("small", MONTH);
            assertThat(owner.confirm(preview)).isEqualTo(new Scheduled(preview));

            assertThat(preview.charge()).isEqualTo(new Money(0, "usd"));
            assertThat(preview.renewal()).isEqualTo(new Money(1000, "usd"));
            assertThat(preview.effectiveAt()).isEqualTo(end);
            assertThat(owner.standing().pending()).isEqualTo(new PendingChange("small", MONTH, end));
            assertThat(owner.standing().plan()).isEqualTo("big");
            assertThat(owner.spendable()).isEqualTo(Credits.of(500));
            owner.nextPeriod();
            assertThat(owner.standing().plan()).isEqualTo("small");
            assertThat(owner.standing().pending()).isNull();
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
            assertThat(owner.invoices().getFirst().getAmountPaid()).isEqualTo(1000);
        }

        @Test
        void isTakenBackByWantingThePlanOneHas() throws StripeException {
            Owner owner = Owner.of(world, "big", MONTH);
            var _ = owner.change("small", MONTH);

            assertThat(owner.change("big", MONTH)).isEqualTo(new Kept());

            assertThat(owner.standing().pending()).isNull();
            owner.nextPeriod();
            assertThat(owner.standing().plan()).isEqualTo("big");
        }

        @Test
        void givesWayToAnUpgrade() throws StripeException {
            Owner owner = Owner.of(world, "middle", MONTH);
            owner.halfAPeriod();
            assertThat(owner.change("small", MONTH)).isInstanceOf(Scheduled.class);

            assertThat(owner.change("big", MONTH)).isInstanceOf(Made.class);

            assertThat(owner.standing().pending()).isNull();
            assertThat(owner.spendable()).isEqualTo(Credits.of(375));
            owner.nextPeriod();
            assertThat(owner.standing().plan()).isEqualTo("big");
        }

        @Test
        void canBeFollowedByAnotherInTheMonthAfter() throws StripeException {
            Owner owner = Owner.of(world, "big", MONTH);
            var _ = owner.change("middle", MONTH);
            owner.nextPeriod();

            assertThat(owner.change("small", MONTH)).isInstanceOf(Scheduled.class);
            owner.nextPeriod();

            assertThat(owner.standing().plan()).isEqualTo("small");
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
        }
    }

    @Nested
    class Switching {

        @Test
        void fromMonthToYearCountsWhatTheMonthHasGivenForItsRest() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();

            Preview preview = owner.previewed("small", YEAR);
            assertThat(owner.confirm(preview)).isEqualTo(new Made(preview));

            assertThat(preview.kind()).isEqualTo(Kind.SWITCH);
            assertThat(preview.charge()).isEqualTo(new Money(9500, "usd"));
            assertThat(preview.credits()).isEqualTo(Credits.of(50));
            assertThat(owner.spendable()).isEqualTo(Credits.of(150));
            assertThat(owner.standing().interval()).isEqualTo(YEAR);
            owner.halfAPeriod();
            var _ = owner.look();
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
        }

        @Test
        void backAndForthMintsNothing() throws StripeException {
            Owner owner = small();

            for (int turn = 0; turn < 3; turn++) {
                assertThat(owner.change("small", YEAR)).isInstanceOf(Made.class);
                assertThat(owner.change("small", MONTH)).isInstanceOf(Made.class);
            }

            assertThat(owner.settle().given().micros())
                    .isBetween(Credits.of(100).micros(), Credits.of(100).micros() + 2 * 100 * 6 * 60);
        }
    }

    @Nested
    class BadInput {

        private Refusal refusal(ChangeResult result) {
            return result instanceof Refused(Refusal refusal) ? refusal : new Refusal.StripeRefused("" + result);
        }

        @Test
        void saysWhatWouldBeRight() throws StripeException {
            Owner owner = small();

            assertThat(refusal(owner.change("small", MONTH))).isEqualTo(new Refusal.SamePlan());
            assertThat(refusal(owner.preview("small", null))).isEqualTo(new Refusal.SamePlan());
            assertThat(refusal(owner.change("gold", MONTH))).isEqualTo(new Refusal.UnknownPlan());
            assertThat(refusal(owner.change("middle", YEAR))).isEqualTo(new Refusal.UnknownInterval(List.of(MONTH)));
            assertThat(refusal(owner.change("euro", MONTH))).isEqualTo(new Refusal.UnknownCurrency(List.of("eur")));
            assertThat(refusal(Owner.without(world).change("big", MONTH))).isEqualTo(new Refusal.NoPlan());
        }

        @Test
        void isToldToReactivateAPlanThatEnds() throws StripeException {
            Owner owner = small();
            owner.page().cancelAtPeriodEnd(owner.subscription());

            assertThat(refusal(owner.change("big", MONTH))).isInstanceOf(Refusal.Ending.class);
        }

        @Test
        void isToldToPayFirst() throws StripeException {
            Owner owner = small();
            owner.page().changeCard(owner.subscription(), Owner.FAILING);
            owner.nextPeriod();

            assertThat(refusal(owner.change("big", MONTH)))
                    .isInstanceOfSatisfying(
                            Refusal.Overdue.class,
                            overdue -> assertThat(overdue.url()).startsWith("http"));
        }
    }
}
