package io.tollgate.billing.reconciliation;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.reconciliation.EventRecovery.Reach;
import io.tollgate.billing.reconciliation.EventRecovery.Terms;
import io.tollgate.billing.webhook.StoredEvents;
import io.tollgate.billing.webhook.WebhookWorker;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventRecoveryTest {

    /** So that what is counted does not depend on who handles what else. */
    private static final Set<String> SESSIONS = Set.of("checkout.session.completed", "checkout.session.expired");

    private static final Duration LAG = Duration.ofMinutes(2);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofHours(12);

    private final World world = World.still(
            "tollgate.billing.stripe.call-timeout=2s",
            "tollgate.billing.stripe.retries=0",
            "tollgate.billing.stripe.breaker-window=1000",
            "tollgate.billing.stripe-reconciliation.calls-per-second=1000");
    private final EventRecovery recovery = recovery(10, LEASE);
    private AccountId account = new AccountId("none");

    /** Each test has a day of its own, and walks that have not seen the days before. */
    @BeforeEach
    void loseEveryWebhook() {
        world.clear();
        world.advance(Duration.ofDays(1));
        world.book()
                .owner()
                .sql("UPDATE stripe_event_walk SET walked_until = NULL, window_from = NULL, window_until = NULL,"
                        + " after_event = NULL, walker = '', leased_until = now(), recovered = 0")
                .then()
                .block();
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        account = world.account();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void eventsThatNeverCameInAreHandledAfterAll() {
        String first = world.paid(account);
        String second = world.paid(account);
        waitForTheLag();

        assertThat(got(recovery.turn())).isEqualTo(2);
        got(world.the(WebhookWorker.class).drain());

        assertThat(world.orderState(first)).isEqualTo("GRANTED");
        assertThat(world.orderState(second)).isEqualTo("GRANTED");
        assertThat(world.grantsOf(account)).isEqualTo(2);
        assertThat(got(recovery.turn())).isZero();
        assertThat(recovered()).isEqualTo(2);
    }

    @Test
    void whatCameInIsNotTouched() {
        world.stripe().deliverWebhooks(DeliveryMode.NORMAL);
        String session = world.paid(account);
        await().until(() -> inbox("checkout.session.completed") == 1);
        got(world.the(WebhookWorker.class).drain());
        waitForTheLag();

        assertThat(got(recovery.turn())).isZero();

        assertThat(world.orderState(session)).isEqualTo("GRANTED");
    }

    @Test
    void anEventIsFirstLeftToTheWebhook() {
        world.paid(account);

        assertThat(got(recovery.turn())).isZero();

        waitForTheLag();
        assertThat(got(recovery.turn())).isEqualTo(1);
    }

    @Test
    void eventsThatNobodyHandlesStayWhereTheyAre() {
        world.paid(account);
        waitForTheLag();

        got(recovery.turn());

        assertThat(inbox("charge.succeeded")).isZero();
        assertThat(world.book().number("SELECT count(*) FROM webhook_event")).isEqualTo(1);
    }

    @Test
    void moreTypesThanStripeTakesAtOnceAreAskedForOneAfterTheOther() {
        Set<String> types = Stream.concat(
                        IntStream.range(0, 45).mapToObj(number -> "product.kind_" + (number + 10)),
                        Stream.of("charge.succeeded", "payment_intent.succeeded", "zebra.crossed"))
                .collect(Collectors.toSet());
        EventRecovery stepwise = recovery(1, LEASE, types);
        world.paid(account);
        waitForTheLag();

        long turns = 0;
        while (inbox("payment_intent.succeeded") == 0 && turns < 10) {
            got(stepwise.turn());
            turns++;
        }

        assertThat(turns).isLessThan(5);
        assertThat(inbox("charge.succeeded")).isEqualTo(1);
    }

    @Test
    void aFreshInstallationBeginsWhereItIsTold() {
        world.paid(account);
        world.advance(FIRST.plusHours(1));

        assertThat(got(recovery.turn())).isZero();
    }

    @Test
    void anInstallationThatWasDownForLongGetsWhatStripeStillHas() {
        got(recovery.turn());
        world.paid(account);
        world.advance(Duration.ofDays(15));
        world.paid(account);
        world.advance(Duration.ofDays(16));

        assertThat(got(recovery.turn())).isEqualTo(1);
    }

    @Test
    void aTurnTakesNoMorePagesThanAllowedAndTheNextGoesOn() {
        EventRecovery frugal = recovery(1, LEASE);
        expire(130);
        waitForTheLag();

        long first = got(frugal.turn());
        long second = got(frugal.turn());

        assertThat(List.of(first, second)).containsExactly(100L, 30L);
        assertThat(inbox("checkout.session.expired")).isEqualTo(130);
        assertThat(got(recovery(10, LEASE).turn())).isZero();
    }

    @Test
    void oneGatewayWalksAtATime() {
        EventRecovery another = recovery(1, LEASE);
        expire(110);
        waitForTheLag();
        got(another.turn());

        assertThat(got(recovery.turn())).isZero();

        assertThat(inbox("checkout.session.expired")).isEqualTo(100);
    }

    @Test
    void aGatewayThatDiesOnTheWayIsFollowedByTheNext() {
        EventRecovery dying = recovery(1, Duration.ofMillis(50));
        expire(110);
        waitForTheLag();
        got(dying.turn());

        await().untilAsserted(() -> {
            got(recovery(10, LEASE).turn());
            assertThat(inbox("checkout.session.expired")).isEqualTo(110);
        });
    }

    @Test
    void whileStripeIsAwayTheWalkStaysWhereItIs() {
        EventRecovery frugal = recovery(1, LEASE);
        expire(110);
        waitForTheLag();
        got(frugal.turn());
        world.stripe().outage(Outage.ERROR_500, 0);
        assertThatThrownBy(() -> frugal.turn().block()).hasMessageContaining("Stripe");
        world.stripe().endOutage();

        got(frugal.turn());

        assertThat(inbox("checkout.session.expired")).isEqualTo(110);
    }

    private void expire(int sessions) {
        Flux.range(0, sessions)
                .map(number -> world.opened(world.account()))
                .doOnNext(world.stripe()::expire)
                .blockLast();
    }

    private void waitForTheLag() {
        world.advance(LAG.plusSeconds(2));
    }

    private long recovered() {
        return world.book().number("SELECT sum(recovered) FROM stripe_event_walk");
    }

    private long inbox(String type) {
        return world.book().number("SELECT count(*) FROM webhook_event WHERE type = '" + type + "'");
    }

    private EventRecovery recovery(int pages, Duration lease) {
        return recovery(pages, lease, SESSIONS);
    }

    private EventRecovery recovery(int pages, Duration lease, Set<String> types) {
        return new EventRecovery(
                world.the(EventWalks.class),
                new MissingEvents(world.the(PublishedEvents.class), world.the(KnownEvents.class), types),
                world.the(StoredEvents.class),
                new Terms(new Reach(FIRST, LAG, Duration.ofMinutes(1), pages), lease),
                world.the(InstantSource.class),
                new SimpleMeterRegistry());
    }
}
