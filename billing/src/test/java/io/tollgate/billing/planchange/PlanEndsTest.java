package io.tollgate.billing.planchange;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.subscription.PlanStanding;
import io.tollgate.billing.subscription.PlanStanding.State;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Plans that are ended, kept, paused and resumed by their owners. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanEndsTest {

    private final World world = World.still(Owner.PLANS);

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterAll
    void close() {
        world.close();
    }

    private Owner small() throws StripeException {
        return Owner.of(world, "small", Interval.MONTH);
    }

    private PlanEnds ends() {
        return world.the(PlanEnds.class);
    }

    private static PlanStanding standing(StandResult result) {
        if (result instanceof StandResult.Done(PlanStanding standing)) {
            return standing;
        }
        throw new AssertionError("not done: " + result);
    }

    private static Refusal refusal(StandResult result) {
        if (result instanceof StandResult.Refused(Refusal refusal)) {
            return refusal;
        }
        throw new AssertionError("not refused: " + result);
    }

    @Nested
    class Ending {

        @Test
        void atThePeriodsEndKeepsWhatIsPaidFor() throws StripeException {
            Owner owner = small();
            Instant end = owner.standing().resetsAt();

            PlanStanding ending = standing(got(ends().endAtPeriodEnd(owner.account)));

            assertThat(ending.cancelAt()).isEqualTo(end);
            assertThat(ending.state()).isEqualTo(State.ACTIVE);
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
            assertThat(refusal(got(ends().endAtPeriodEnd(owner.account)))).isInstanceOf(Refusal.Ending.class);
            owner.nextPeriod();
            assertThat(owner.standing().state()).isEqualTo(State.ENDED);
            assertThat(owner.spendable()).isEqualTo(Credits.ZERO);
            assertThat(refusal(got(ends().keep(owner.account)))).isEqualTo(new Refusal.NoPlan());
        }

        @Test
        void atOnceEndsTheAllowance() throws StripeException {
            Owner owner = small();

            PlanStanding ended = standing(got(ends().endNow(owner.account)));

            assertThat(ended.state()).isEqualTo(State.ENDED);
            assertThat(owner.spendable()).isEqualTo(Credits.ZERO);
            assertThat(refusal(got(ends().endNow(owner.account)))).isEqualTo(new Refusal.NoPlan());
        }

        @Test
        void canBeTakenBack() throws StripeException {
            Owner owner = small();
            var _ = got(ends().endAtPeriodEnd(owner.account));

            PlanStanding kept = standing(got(ends().keep(owner.account)));

            assertThat(kept.cancelAt()).isNull();
            assertThat(refusal(got(ends().keep(owner.account)))).isEqualTo(new Refusal.NothingToTakeBack());
            owner.nextPeriod();
            assertThat(owner.standing().state()).isEqualTo(State.ACTIVE);
        }

        @Test
        void takesTheWaitingDowngradeBackToo() throws StripeException {
            Owner owner = Owner.of(world, "big", Interval.MONTH);
            var _ = owner.change("small", Interval.MONTH);

            PlanStanding kept = standing(got(ends().keep(owner.account)));

            assertThat(kept.pending()).isNull();
        }

        @Test
        void isPossibleWhileADowngradeWaits() throws StripeException {
            Owner owner = Owner.of(world, "big", Interval.MONTH);
            var _ = owner.change("small", Interval.MONTH);

            PlanStanding ending = standing(got(ends().endAtPeriodEnd(owner.account)));

            assertThat(ending.pending()).isNull();
            assertThat(ending.cancelAt()).isNotNull();
        }

        @Test
        void needsAPlan() {
            Owner nobody = Owner.without(world);

            assertThat(refusal(got(ends().endNow(nobody.account)))).isEqualTo(new Refusal.NoPlan());
            assertThat(refusal(got(ends().keep(nobody.account)))).isEqualTo(new Refusal.NoPlan());
            assertThat(refusal(got(ends().pause(nobody.account, null)))).isEqualTo(new Refusal.NoPlan());
            assertThat(refusal(got(ends().resume(nobody.account)))).isEqualTo(new Refusal.NoPlan());
        }
    }

    @Nested
    class Pausing {

        @Test
        void bringsNoFurtherMonthUntilResumed() throws StripeException {
            Owner owner = small();
            PlanStanding paused = standing(got(ends().pause(owner.account, null)));
            assertThat(paused.state()).isEqualTo(State.PAUSED);
            assertThat(paused.pausedAs()).isEqualTo("void");
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
            assertThat(refusal(got(ends().pause(owner.account, null)))).isEqualTo(new Refusal.Paused());
            assertThat(owner.change("big", null)).isEqualTo(new ChangeResult.Refused(new Refusal.Paused()));
            owner.nextPeriod();
            assertThat(owner.spendable()).isEqualTo(Credits.ZERO);

            PlanStanding resumed = standing(got(ends().resume(owner.account)));

            assertThat(resumed.state()).isEqualTo(State.ACTIVE);
            assertThat(refusal(got(ends().resume(owner.account)))).isEqualTo(new Refusal.NotPaused());
            owner.nextPeriod();
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
        }

        @Test
        void endsByItselfWhenToldTo() throws StripeException {
            Owner owner = small();
            Instant at = world.stripe().now().plus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);

            assertThat(standing(got(ends().pause(owner.account, at))).resumesAt())
                    .isEqualTo(at);

            owner.nextPeriod();
            assertThat(owner.standing().state()).isEqualTo(State.ACTIVE);
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
        }

        @Test
        void endsNeitherInThePastNorInYears() throws StripeException {
            Owner owner = small();
            Instant now = world.stripe().now();

            assertThat(refusal(got(ends().pause(owner.account, now.minusSeconds(5)))))
                    .isInstanceOf(Refusal.WrongResumption.class);
            assertThat(refusal(got(ends().pause(owner.account, now.plus(Duration.ofDays(100))))))
                    .isInstanceOf(Refusal.WrongResumption.class);
        }
    }

    @Nested
    class ThePortal {

        private PortalDesk.@Nullable Entry open(Owner owner) {
            return got(world.the(PortalDesk.class).open(owner.account, URI.create("http://localhost/back")));
        }

        @Test
        void opensForCustomers() throws StripeException {
            assertThat(open(small()))
                    .isInstanceOfSatisfying(
                            PortalDesk.Entry.Open.class,
                            open -> assertThat(open.url()).startsWith("http"));
        }

        @Test
        void staysClosedToWhoeverNeverBoughtAnything() {
            assertThat(open(Owner.without(world))).isEqualTo(new PortalDesk.Entry.Refused(new Refusal.NoCustomer()));
        }

        @Test
        void changesComeToTheSameBook() throws StripeException {
            Owner owner = small();
            owner.halfAPeriod();

            owner.page().changePlan(owner.subscription(), owner.price("big", 5000));
            owner.events().forEach(owner::handle);
            assertThat(owner.standing().plan()).isEqualTo("big");
            assertThat(owner.spendable()).isEqualTo(Credits.of(300));
            owner.page().cancelAtPeriodEnd(owner.subscription());
            owner.events().forEach(owner::handle);
            assertThat(owner.standing().cancelAt()).isNotNull();
            owner.page().keep(owner.subscription());
            owner.events().forEach(owner::handle);
            assertThat(owner.standing().cancelAt()).isNull();
            assertThat(owner.given()).isEqualTo(Credits.of(300));
        }
    }
}
