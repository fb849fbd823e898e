package io.tollgate.billing.webhook;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.topup.CheckoutEvents;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookWorkerTest {

    private static final String STRIPE_SOON_GIVES_UP = "tollgate.billing.stripe.call-timeout=2s";

    private final World world = World.still(STRIPE_SOON_GIVES_UP, "tollgate.billing.stripe.retries=0");
    private final StoredEvents events = world.the(StoredEvents.class);
    private final WebhookWorker worker = worker(Duration.ZERO, 3);

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.clear();
    }

    @Test
    void anEventThatConcernsNobodyIsIgnored() {
        store("evt_1", "product.created", "prod_1");
        store("evt_2", "v3.planet.discovered", null);

        assertThat(got(worker.drain())).isEqualTo(2);

        assertThat(state("evt_1")).isEqualTo("IGNORED");
        assertThat(state("evt_2")).isEqualTo("IGNORED");
        assertThat(got(worker.drain())).isZero();
    }

    @Test
    void anEventOfASessionNobodyKnowsIsTriedAgainAndInTheEndGivenUp() {
        store("evt_1", "checkout.session.completed", "cs_test_unheard_of");

        assertThat(got(worker.drain())).isEqualTo(1);
        assertThat(state("evt_1")).isEqualTo("WAITING");
        got(worker.drain());
        got(worker.drain());

        assertThat(state("evt_1")).isEqualTo("BURIED");
        assertThat(got(events.buried(10).collectList()))
                .containsExactly(
                        new StoredEvents.TakenEvent("evt_1", "checkout.session.completed", "cs_test_unheard_of", 3));
    }

    @Test
    void aFailedEventWaitsLongerEachTime() {
        store("evt_1", "checkout.session.completed", "cs_test_unheard_of");

        got(worker(Duration.ofMinutes(10), 3).drain());

        assertThat(got(worker.drain())).isZero();
        assertThat(world.book()
                        .number("SELECT count(*) FROM webhook_event WHERE due_at BETWEEN now() + interval '9 minutes'"
                                + " AND now() + interval '10 minutes'"))
                .isEqualTo(1);
    }

    @Test
    void anEventComesThroughOnceStripeIsBack() {
        AccountId account = world.account();
        String session = world.paid(account);
        world.stripe().outage(Outage.TIMEOUT_BEFORE_EFFECT, 0);
        awaitStored();

        got(worker.drain());
        assertThat(world.grantsOf(account)).isZero();
        world.stripe().endOutage();
        got(worker.drain());

        assertThat(world.orderState(session)).isEqualTo("GRANTED");
        assertThat(world.grantsOf(account)).isEqualTo(1);
    }

    @Test
    void anEventSomebodyTookIsNotTakenAgainBeforeTheLeaseIsOver() {
        store("evt_1", "product.created", "prod_1");

        assertThat(got(events.take(10, Duration.ofMinutes(1)).count())).isEqualTo(1);
        assertThat(got(events.take(10, Duration.ofMinutes(1)).count())).isZero();
    }

    @Test
    void anEventOfAGatewayThatDiedIsTakenByAnother() {
        store("evt_1", "product.created", "prod_1");
        got(events.take(10, Duration.ZERO).count());

        assertThat(got(worker.drain())).isEqualTo(1);
    }

    @Test
    void moreThanABatchIsDrainedInOneGo() {
        for (int i = 0; i < 25; i++) {
            store("evt_" + i, "product.created", "prod_1");
        }

        assertThat(got(worker.drain())).isEqualTo(25);
    }

    @Test
    void aSessionThatSomebodyElseOpenedIsNotOurs() throws Exception {
        world.stripe().deliverWebhooks(DeliveryMode.HELD);
        String session = ForeignSession.openedAt(world.stripe().baseUri());
        world.pay(session);
        store("evt_1", "checkout.session.completed", session);

        got(worker.drain());

        assertThat(state("evt_1")).isEqualTo("IGNORED");
    }

    private WebhookWorker worker(Duration firstRetry, int attemptsMax) {
        WebhookSettings settings = new WebhookSettings(
                Duration.ofMinutes(5),
                10_000,
                Duration.ofMinutes(1),
                firstRetry,
                Duration.ofHours(1),
                attemptsMax,
                10,
                2);
        return new WebhookWorker(
                events, List.of(new CheckoutEvents(world.the(TopUps.class))), settings, new SimpleMeterRegistry());
    }

    private void awaitStored() {
        await().until(() ->
                world.book().number("SELECT count(*) FROM webhook_event WHERE type = 'checkout.session.completed'")
                        == 1);
    }

    private void store(String id, String type, @Nullable String objectId) {
        events.store(id, type, objectId, "{}".getBytes(UTF_8)).block();
    }

    private String state(String id) {
        return world.text("SELECT state FROM webhook_event WHERE id = '" + id + "'");
    }
}
