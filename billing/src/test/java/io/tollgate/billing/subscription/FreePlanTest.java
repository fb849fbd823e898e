package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.subscription.PlanStanding.State;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The plan of those who have no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreePlanTest {

    private static final Credits FREE = Credits.of(7);

    private final World world = World.still(
            Stream.concat(Arrays.stream(Subscriber.PLANS), Stream.of("tollgate.billing.subscription.free-plan=free"))
                    .toArray(String[]::new));

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterAll
    void close() {
        world.close();
    }

    private void turn() {
        var _ = got(world.the(PlanSchedule.class).turn());
    }

    private long allowances(AccountId account) {
        return world.grantsOf(account);
    }

    @Test
    void isGivenToWhoeverIsNewEveryMonthAnew() {
        AccountId account = world.account();
        turn();
        assertThat(world.spendable(account)).isEqualTo(FREE);

        world.advance(Duration.ofDays(32));
        turn();
        turn();

        assertThat(world.spendable(account)).isEqualTo(FREE);
        assertThat(allowances(account)).isEqualTo(2);
        PlanStanding standing = got(world.the(PlanStandings.class).of(account));
        assertThat(standing.state()).isEqualTo(State.FREE);
        assertThat(standing.plan()).isEqualTo("free");
        assertThat(standing.allowance()).isEqualTo(FREE);
        assertThat(standing.resetsAt()).isAfter(world.stripe().now());
    }

    @Test
    void givesWayToThePlanThatIsBought() throws StripeException {
        Subscriber subscriber = Subscriber.with(world, "pm_card_visa");
        turn();
        assertThat(subscriber.spendable()).isEqualTo(FREE);

        subscriber.monthly("pro", 500).settle();
        assertThat(subscriber.spendable()).isEqualTo(Credits.of(250));
        PlanStanding standing = got(world.the(PlanStandings.class).of(subscriber.account));
        assertThat(standing.state()).isEqualTo(State.ACTIVE);
        assertThat(standing.plan()).isEqualTo("pro");
    }

    @Test
    void cannotBeHadBesideOneThatIsPaidFor() throws StripeException {
        Subscriber subscriber =
                Subscriber.with(world, "pm_card_visa").monthly("pro", 500).settle();

        assertThat(world.start(subscriber.account, new Choice.OfPlan("free")))
                .isEqualTo(new StartResult.HasPlan("pro"));
        assertThat(subscriber.spendable()).isEqualTo(Credits.of(250));
    }

    @Test
    void comesBackWhenThePlanIsLost() throws StripeException {
        Subscriber subscriber =
                Subscriber.with(world, "pm_card_visa").monthly("pro", 500).settle();
        subscriber.useCard("pm_card_chargeCustomerFail");

        for (int day = 0; day < 52; day++) {
            world.advance(Duration.ofDays(1));
            var _ = got(world.the(Subscriptions.class).look(subscriber.subscription()));
            var _ = subscriber.due();
        }

        assertThat(subscriber.shown().getStatus()).isEqualTo("canceled");
        assertThat(subscriber.spendable()).isEqualTo(FREE);
        assertThat(got(world.the(PlanStandings.class).of(subscriber.account)).state())
                .isEqualTo(State.FREE);
    }

    @Test
    void letsThoseWhoPayLateHaveTheirMonthAndGoesOnAfterIt() throws StripeException {
        Subscriber subscriber =
                Subscriber.with(world, "pm_card_visa").monthly("pro", 500).settle();
        subscriber.useCard("pm_card_chargeCustomerFail");
        for (int day = 0; day < 52; day++) {
            world.advance(Duration.ofDays(1));
            var _ = got(world.the(Subscriptions.class).look(subscriber.subscription()));
            var _ = subscriber.due();
        }
        assertThat(subscriber.spendable()).isEqualTo(FREE);

        subscriber.useCard("pm_card_visa");
        var _ = subscriber
                .stripe()
                .v1()
                .invoices()
                .pay(subscriber.invoices().getFirst().getId());

        assertThat(subscriber.settle().spendable()).isEqualTo(Credits.of(250));
        assertThat(subscriber.payments()).isEqualTo(2);
        world.advance(Duration.ofDays(40));
        assertThat(subscriber.settle().spendable()).isEqualTo(FREE);
    }
}
