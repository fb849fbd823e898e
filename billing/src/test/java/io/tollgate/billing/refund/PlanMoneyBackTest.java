package io.tollgate.billing.refund;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.checkout.StartResult.Started;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.reversal.Calls;
import io.tollgate.billing.subscription.PlanStanding.State;
import io.tollgate.billing.subscription.PlanStandings;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A plan that somebody does not want after all, with webhooks and loops running. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanMoneyBackTest {

    private final World world = World.running(
            "tollgate.billing.catalog.plans[0].id=pro",
            "tollgate.billing.catalog.plans[0].name=Pro",
            "tollgate.billing.catalog.plans[0].allowance=250",
            "tollgate.billing.catalog.plans[0].prices[0].interval=month",
            "tollgate.billing.catalog.plans[0].prices[0].amount=500",
            "tollgate.billing.catalog.plans[0].prices[0].currency=usd",
            "tollgate.billing.catalog.plans[0].prices[1].interval=year",
            "tollgate.billing.catalog.plans[0].prices[1].amount=6000",
            "tollgate.billing.catalog.plans[0].prices[1].currency=usd");

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void givesBackTheUnusedShareOfTheMonthAndEndsThePlan() {
        AccountId account = world.account();
        Payment payment = subscribed(account, Interval.MONTH);
        Calls.use(world, account, Credits.of(100));

        assertThat(got(world.the(MoneyBack.class).take(account, payment.id())))
                .isInstanceOf(RefundResult.Refunded.class);

        assertThat(refunded(payment)).isEqualTo(300);
        assertThat(posted(account)).isZero();
        await().until(() -> got(world.the(PlanStandings.class).of(account)).state() == State.ENDED);
        assertThat(posted(account)).isZero();
    }

    @Test
    void ofAYearTheMonthsToComeAreUnused() {
        AccountId account = world.account();
        Payment payment = subscribed(account, Interval.YEAR);
        Calls.use(world, account, Credits.of(125));

        got(world.the(MoneyBack.class).take(account, payment.id()));

        assertThat(refunded(payment)).isEqualTo(5_750);
        assertThat(posted(account)).isZero();
        await().until(() -> got(world.the(PlanStandings.class).of(account)).state() == State.ENDED);
    }

    @Test
    void isNotOfferedOnceABetterPlanWasPaidForOnTop() {
        AccountId account = world.account();
        Payment payment = subscribed(account, Interval.MONTH);
        got(world.the(Payments.class)
                .add(new Payment(
                        "in_upgrade",
                        account,
                        Payment.Kind.PLAN_CHANGE,
                        "Better",
                        new Money(2_000, "usd"),
                        Credits.of(100),
                        "pi_upgrade",
                        "in_upgrade",
                        null,
                        null,
                        payment.paidAt().plusSeconds(60))));

        assertThat(got(world.the(MoneyBack.class).take(account, payment.id())))
                .isEqualTo(new RefundResult.NotOffered());
        assertThat(got(world.the(PlanStandings.class).of(account)).state()).isEqualTo(State.ACTIVE);
    }

    private Payment subscribed(AccountId account, Interval interval) {
        if (!(world.start(account, new Choice.OfPlan("pro", interval, "usd")) instanceof Started started)) {
            throw new AssertionError("not started");
        }
        world.pay(started.sessionId());
        await().until(() -> world.spendable(account).equals(Credits.of(250)));
        return got(world.the(Payments.class).of(account, null, 1).next());
    }

    private long refunded(Payment payment) {
        return world.number(
                "SELECT CAST(sum(amount_minor) AS bigint) FROM refund WHERE payment = '" + payment.id() + "'");
    }

    private long posted(AccountId account) {
        return got(world.the(LiveAccounts.class).read(account)).balance().postedMicros();
    }
}
