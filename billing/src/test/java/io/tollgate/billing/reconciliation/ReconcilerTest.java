package io.tollgate.billing.reconciliation;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.checkout.StartResult;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Orders;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcilerTest {

    private final World world = World.still(
            "tollgate.billing.stripe.call-timeout=2s",
            "tollgate.billing.stripe.retries=0",
            "tollgate.billing.stripe.breaker-window=1000");
    private final Reconciler eager = reconciler(Duration.ZERO, InstantSource.system());
    private AccountId account = new AccountId("none");

    @BeforeEach
    void loseEveryWebhook() {
        world.clear();
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        account = world.account();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void aPaymentNobodyToldUsOfIsGrantedAllTheSame() {
        String session = world.paid(account);

        assertThat(got(eager.reconcile())).isEqualTo(1);

        assertThat(world.orderState(session)).isEqualTo("GRANTED");
        assertThat(world.grantsOf(account)).isEqualTo(1);
        assertThat(got(eager.reconcile())).isZero();
    }

    @Test
    void anOrderIsFirstLeftToTheWebhook() {
        world.paid(account);

        assertThat(got(reconciler(Duration.ofMinutes(1), InstantSource.system()).reconcile()))
                .isZero();
    }

    @Test
    void anOrderIsAskedAboutEverMoreRarely() {
        world.opened(account);
        got(eager.reconcile());
        age(Duration.ofSeconds(90));

        // After one check the pause is twice the first.
        assertThat(got(reconciler(Duration.ofMinutes(1), InstantSource.system()).reconcile()))
                .isZero();
        assertThat(got(reconciler(Duration.ofSeconds(40), InstantSource.system())
                        .reconcile()))
                .isEqualTo(1);
    }

    @Test
    void anExpiredSessionIsClosedAndNeverAskedAboutAgain() {
        String session = world.opened(account);
        world.stripe().expire(session);

        got(eager.reconcile());

        assertThat(world.orderState(session)).isEqualTo("EXPIRED");
        assertThat(got(eager.reconcile())).isZero();
    }

    @Test
    void whileStripeIsAwayNothingIsLost() {
        String session = world.paid(account);
        world.stripe().outage(Outage.TIMEOUT_BEFORE_EFFECT, 0);
        assertThat(got(eager.reconcile())).isEqualTo(1);
        assertThat(world.grantsOf(account)).isZero();
        world.stripe().endOutage();

        got(eager.reconcile());

        assertThat(world.orderState(session)).isEqualTo("GRANTED");
    }

    @Test
    void anOrderThatCannotBeBookedKeepsNoneOfTheOthersWaiting() {
        AccountId spoilt = world.account();
        String stuck = world.paid(spoilt);
        String session = world.paid(account);
        asOwner("ALTER TABLE grant_record ADD CONSTRAINT spoilt CHECK (account <> '" + spoilt + "')");

        assertThat(got(eager.reconcile())).isEqualTo(2);

        assertThat(world.orderState(session)).isEqualTo("GRANTED");
        asOwner("ALTER TABLE grant_record DROP CONSTRAINT spoilt");
        got(eager.reconcile());
        assertThat(world.orderState(stuck)).isEqualTo("GRANTED");
    }

    @Test
    void aSessionWhoseOpeningWasNotAnsweredIsFound() {
        world.opened(account);
        world.stripe().outage(Outage.TIMEOUT_AFTER_EFFECT, 1);
        assertThat(world.start(account, new Choice.OfAmount(700))).isEqualTo(new StartResult.StripeUnavailable());
        world.stripe().endOutage();
        assertThat(unopened()).isEqualTo(1);

        got(eager.reconcile());

        assertThat(unopened()).isZero();
        assertThat(world.book().number("SELECT count(*) FROM topup_order WHERE state = 'OPEN'"))
                .isEqualTo(2);
    }

    @Test
    void anOrderThatNeverBecameASessionIsClosedWhenItsTimeIsOver() {
        world.opened(account);
        world.stripe().outage(Outage.RATE_LIMIT, 1);
        world.start(account, new Choice.OfAmount(700));

        got(eager.reconcile());
        assertThat(unopened()).isEqualTo(1);
        got(reconciler(Duration.ZERO, InstantSource.fixed(Instant.now().plus(Duration.ofHours(1))))
                .reconcile());

        assertThat(unopened()).isZero();
    }

    private long unopened() {
        return world.book()
                .number("SELECT count(*) FROM topup_order WHERE session_id IS NULL AND state = 'UNANSWERED'");
    }

    private void age(Duration by) {
        asOwner("UPDATE topup_order SET checked_at = checked_at - make_interval(secs => " + by.toSeconds() + ")");
    }

    private void asOwner(String sql) {
        world.book().owner().sql(sql).then().block();
    }

    private Reconciler reconciler(Duration firstCheck, InstantSource clock) {
        return new Reconciler(
                world.the(Orders.class),
                world.the(Till.class),
                world.the(TopUps.class),
                new ReconcilerSettings(firstCheck, Duration.ofHours(1), 10, 2),
                clock);
    }
}
