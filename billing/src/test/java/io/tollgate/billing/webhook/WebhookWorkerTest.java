package io.tollgate.billing.webhook;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.topup.CheckoutEvents;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookWorkerTest {

    private static final String STRIPE_SOON_GIVES_UP = "tollgate.billing.stripe.call-timeout=2s";

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final World world = World.still(STRIPE_SOON_GIVES_UP, "tollgate.billing.stripe.retries=0");
    private final StoredEvents events = world.the(StoredEvents.class);
    private final WebhookWorker worker = worker(AT_ONCE, 3);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    // Not of the test that reads it: a gauge does not keep what it measures.
    private final WebhookHousekeeping housekeeping = new WebhookHousekeeping(events, Duration.ofDays(31), 10, meters);

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

        tryOnce();
        assertThat(state("evt_1")).isEqualTo("WAITING");
        tryOnce();
        tryOnce();

        assertThat(state("evt_1")).isEqualTo("BURIED");
        assertThat(got(events.buried(10).collectList())).singleElement().satisfies(buried -> {
            assertThat(buried.id()).isEqualTo("evt_1");
            assertThat(buried.objectId()).isEqualTo("cs_test_unheard_of");
            assertThat(buried.attempts()).isEqualTo(3);
            assertThat(buried.reason()).contains("no order for this session");
        });
        assertThat(got(events.standing())).isEqualTo(new StoredEvents.Standing(0, 1));
    }

    @Test
    void anEventThatWasGivenUpIsTriedAgainWhenSomebodySaysSo() {
        store("evt_1", "checkout.session.completed", "cs_test_unheard_of");
        for (int i = 0; i < 3; i++) {
            tryOnce();
        }

        assertThat(got(events.requeue("evt_1"))).isTrue();

        assertThat(state("evt_1")).isEqualTo("WAITING");
        assertThat(got(events.requeue("evt_1"))).isFalse();
        assertThat(got(worker.drain())).isEqualTo(1);
    }

    @Test
    void everyHandlerThatWantsAnEventIsAskedEvenIfAnotherFails() {
        store("evt_1", "product.created", "prod_1");
        List<String> asked = new ArrayList<>();
        EventHandler failing = handler(asked, "failing", Mono.error(new IllegalStateException("no")));
        EventHandler done = handler(asked, "done", Mono.just(Handling.done()));

        got(worker(AT_ONCE, 3, failing, done).drain());

        assertThat(asked).containsExactly("failing", "done");
        assertThat(state("evt_1")).isEqualTo("WAITING");
    }

    @Test
    void anEventIsDoneWithOnceAllHandlersAre() {
        store("evt_1", "product.created", "prod_1");
        EventHandler ignoring = handler(new ArrayList<>(), "ignoring", Mono.just(Handling.ignored()));
        EventHandler done = handler(new ArrayList<>(), "done", Mono.just(Handling.done()));
        EventHandler later = handler(new ArrayList<>(), "later", Mono.just(new Handling.Later("not yet")));

        got(worker(AT_ONCE, 3, done, ignoring).drain());
        assertThat(state("evt_1")).isEqualTo("DONE");

        store("evt_3", "product.created", "prod_3");
        got(worker(AT_ONCE, 3, later, done).drain());
        assertThat(state("evt_3")).isEqualTo("WAITING");
    }

    @Test
    void onlyWhatIsLongDoneWithIsForgotten() {
        store("evt_1", "product.created", "prod_1");
        store("evt_2", "checkout.session.completed", "cs_test_unheard_of");
        got(worker.drain());

        got(housekeeping.tidy().thenReturn(true));
        assertThat(world.book().number("SELECT count(*) FROM webhook_event")).isEqualTo(2);
        world.book()
                .owner()
                .sql("UPDATE webhook_event SET closed_at = closed_at - interval '32 days'")
                .then()
                .block();
        got(housekeeping.tidy().thenReturn(true));

        assertThat(world.text("SELECT string_agg(id, ' ') FROM webhook_event")).isEqualTo("evt_2");
        assertThat(meters.get("tollgate.webhook.waiting").gauge().value()).isEqualTo(1);
    }

    @Test
    void eventsAreKeptAsLongAsStripeTellsOfThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookHousekeeping(events, Duration.ofDays(30), 10, new SimpleMeterRegistry()))
                .withMessageContaining("31 days");
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
        tryOnce();

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

    private static EventHandler handler(List<String> asked, String name, Mono<Handling> answer) {
        return new EventHandler() {
            @Override
            public Set<String> types() {
                return Set.of("product.created");
            }

            @Override
            public Mono<Handling> handle(StoredEvents.TakenEvent event) {
                asked.add(name);
                return answer;
            }
        };
    }

    private WebhookWorker worker(Duration firstRetry, int attemptsMax) {
        return worker(firstRetry, attemptsMax, new CheckoutEvents(world.the(TopUps.class)));
    }

    private WebhookWorker worker(Duration firstRetry, int attemptsMax, EventHandler... handlers) {
        WebhookSettings settings = new WebhookSettings(
                Duration.ofMinutes(5),
                10_000,
                Duration.ofMinutes(1),
                firstRetry,
                Duration.ofHours(1),
                attemptsMax,
                10,
                2);
        return new WebhookWorker(events, List.of(handlers), settings, new SimpleMeterRegistry());
    }

    /** Handles what is due once something is. */
    private void tryOnce() {
        await().pollInterval(Duration.ofMillis(5)).until(() -> got(worker.drain()) > 0);
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
