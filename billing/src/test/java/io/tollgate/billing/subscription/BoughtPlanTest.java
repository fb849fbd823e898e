package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.checkout.StartResult.Started;
import io.tollgate.billing.subscription.PlanStanding.State;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.CheckoutResult;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A plan bought through our checkout, with nobody but webhooks and loops to see to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoughtPlanTest {

    private static final Credits PRO = Credits.of(250);

    private final World world = World.running(Subscriber.PLANS);

    @AfterAll
    void close() {
        world.close();
    }

    private void buy(AccountId account, Choice choice) {
        StartResult result = world.start(account, choice);
        assertThat(result).isInstanceOf(Started.class);
        if (result instanceof Started started) {
            assertThat(world.stripe().pay(started.sessionId(), World.VISA)).isInstanceOf(CheckoutResult.Paid.class);
        }
    }

    @Test
    void givesItsMonthAndTheNextWithEveryWebhookTwiceInRandomOrder() {
        world.stripe().deliverWebhooks(new DeliveryMode(1, 0, false, true, false));
        AccountId account = world.account();
        buy(account, new Choice.OfPlan("roll", Interval.MONTH, "usd"));
        await().until(() -> world.spendable(account).equals(Credits.of(100)));

        world.advance(Duration.ofDays(31).plusHours(2));

        await().until(() -> world.spendable(account).equals(Credits.of(140)));
        assertThat(world.number("SELECT count(*) FROM payment WHERE account = '" + account + "'"))
                .isEqualTo(2);
        PlanStanding standing = got(world.the(PlanStandings.class).of(account));
        assertThat(standing.state()).isEqualTo(State.ACTIVE);
        assertThat(standing.interval()).isEqualTo(Interval.MONTH);
    }

    @Test
    void cannotBeBoughtTwice() {
        AccountId account = world.account();
        buy(account, new Choice.OfPlan("roll", Interval.MONTH, "usd"));
        await().until(() -> world.spendable(account).equals(Credits.of(100)));

        assertThat(world.start(account, new Choice.OfPlan("pro", Interval.YEAR, "usd")))
                .isEqualTo(new StartResult.HasPlan("roll"));
    }

    @Test
    void isTriedFirstWhereItHasATrial() {
        AccountId account = world.account();
        buy(account, new Choice.OfPlan("pro", Interval.YEAR, "usd"));
        await().until(() -> world.spendable(account).equals(Credits.of(50)));

        world.advance(Duration.ofDays(14).plusHours(2));

        await().until(() -> world.spendable(account).equals(PRO));
    }
}
