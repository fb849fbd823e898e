package io.tollgate.billing.reversal;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.dispute.FraudWarnings;
import io.tollgate.billing.dispute.Measure;
import io.tollgate.billing.refund.RefundDesk;
import io.tollgate.billing.topup.CheckoutEvents;
import io.tollgate.billing.webhook.EventHandler;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.DisputeEnd;
import io.tollgate.sandbox.stripe.DisputeStart;
import io.tollgate.sandbox.stripe.RefundEnd;
import io.tollgate.sandbox.stripe.RefundStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Stripe's events of refunds, disputes and fraud warnings come to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReversalEventsTest {

    private final World world = World.still("tollgate.billing.stripe.breaker-window=1000");

    private AccountId account = new AccountId("none");
    private String intent = "";

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void buy() {
        world.clear();
        world.stripe().bank().beginRefunds(RefundStart.SUCCEEDED);
        world.stripe().deliverWebhooks(DeliveryMode.NORMAL);
        account = world.account();
        String session = world.paid(account);
        awaitStored("checkout.session.completed");
        intent = String.valueOf(got(world.the(Till.class).session(session)).paymentIntent());
    }

    @Test
    void aRefundAtTheDashboardTakesTheCredit() {
        handleAll();
        world.stripe().bank().refund(intent, 450);
        awaitStored("refund.created");
        awaitStored("charge.refunded");

        handleAll();

        assertThat(posted()).isEqualTo(5_000_000);
    }

    @Test
    void aRefundThatIsHeardOfBeforeItsPaymentWaitsForIt() {
        world.stripe().bank().refund(intent, 450);
        awaitStored("refund.created");
        TakenEvent refund = event("refund.created");

        assertThat(handle(refund)).isInstanceOf(Handling.Later.class);
        handle(event("checkout.session.completed"));
        assertThat(handle(refund)).isEqualTo(Handling.done());

        assertThat(posted()).isEqualTo(5_000_000);
    }

    @Test
    void aRefundThatStripeDoesNotHaveIsTriedAgain() {
        assertThat(handle(new TakenEvent("evt_x", "refund.created", "re_unheard_of", 1)))
                .isInstanceOf(Handling.Later.class);
    }

    @Test
    void anEventWithoutAnObjectIsIgnored() {
        assertThat(handle(new TakenEvent("evt_x", "refund.created", null, 1))).isEqualTo(Handling.ignored());
    }

    @Test
    void aDisputeFreezesAndTakesAndBothEndWhenItIsWon() {
        handleAll();
        String dispute = world.stripe().bank().dispute(intent, 900, "fraudulent", DisputeStart.NEEDS_RESPONSE);
        awaitStored("charge.dispute.funds_withdrawn");
        handleAll();
        assertThat(posted()).isZero();
        assertThat(state()).isEqualTo(AccountState.FROZEN);

        world.stripe().bank().closeDispute(dispute, DisputeEnd.WON);
        awaitStored("charge.dispute.funds_reinstated");
        handleAll();

        assertThat(posted()).isEqualTo(10_000_000);
        assertThat(state()).isEqualTo(AccountState.ACTIVE);
    }

    @Test
    void anInquiryIsNotedAndBecomesADispute() {
        handleAll();
        String dispute = world.stripe().bank().dispute(intent, 900, "fraudulent", DisputeStart.INQUIRY);
        awaitStored("charge.dispute.created");
        handleAll();
        assertThat(posted()).isEqualTo(10_000_000);
        assertThat(got(world.the(Disputes.class).latest(1).next()).phase()).isEqualTo(DisputePhase.INQUIRY);

        world.stripe().bank().escalateDispute(dispute);
        awaitStored("charge.dispute.funds_withdrawn");
        handleAll();

        assertThat(posted()).isZero();
        assertThat(state()).isEqualTo(AccountState.FROZEN);
    }

    @Test
    void aFraudWarningIsOnlyNotedUnlessMeasuresAreSet() {
        handleAll();
        world.stripe().bank().warnOfFraud(intent);
        awaitStored("radar.early_fraud_warning.created");
        TakenEvent warning = event("radar.early_fraud_warning.created");

        assertThat(handle(warning)).isEqualTo(Handling.done());
        assertThat(posted()).isEqualTo(10_000_000);

        FraudWarnings strict = warnings(EnumSet.allOf(Measure.class));
        got(strict.handle(warning));
        got(strict.handle(warning));

        assertThat(posted()).isZero();
        assertThat(state()).isEqualTo(AccountState.FROZEN);
        assertThat(world.book().number("SELECT count(*) FROM refund")).isEqualTo(1);
    }

    static LongStream seeds() {
        return new Random().longs(25);
    }

    /** Every event once first, in any order, with duplicates, while Stripe's state moves on between them. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eventsInAnyOrderWithDuplicatesComeToTheSame(long seed) throws InterruptedException {
        Random random = new Random(seed);
        world.stripe().bank().beginRefunds(RefundStart.PENDING);
        String refund = world.stripe().bank().refund(intent, 300);
        handleSome(random);
        String dispute = world.stripe().bank().dispute(intent, 500, "fraudulent", DisputeStart.NEEDS_RESPONSE);
        handleSome(random);
        world.stripe().bank().endRefund(refund, RefundEnd.SUCCEEDED);
        handleSome(random);
        world.stripe().bank().closeDispute(dispute, DisputeEnd.WON);
        assertThat(world.stripe().awaitDeliveries(Duration.ofSeconds(10))).isTrue();

        handleSome(random);
        handleAll();

        assertThat(posted()).isEqualTo(10_000_000 - 3_333_333);
        assertThat(state()).isEqualTo(AccountState.ACTIVE);
        assertThat(world.book().number("SELECT count(*) FROM payment")).isEqualTo(1);
    }

    private void handleSome(Random random) {
        List<TakenEvent> events = new ArrayList<>(stored());
        events.addAll(stored());
        Collections.shuffle(events, random);
        events.stream().limit(random.nextInt(events.size() + 1)).forEach(this::handle);
    }

    private void handleAll() {
        List<TakenEvent> left = stored();
        for (int round = 0; round < 3 && !left.isEmpty(); round++) {
            left = left.stream()
                    .filter(event -> handle(event) instanceof Handling.Later)
                    .toList();
        }
        assertThat(left).isEmpty();
    }

    private Handling handle(TakenEvent event) {
        Handling handling = Handling.ignored();
        for (EventHandler handler : List.of(
                world.the(CheckoutEvents.class), world.the(ReversalEvents.class), world.the(FraudWarnings.class))) {
            if (handler.types().contains(event.type())) {
                handling = got(handler.handle(event));
            }
        }
        return handling;
    }

    private FraudWarnings warnings(Set<Measure> measures) {
        return new FraudWarnings(
                world.the(PaidIntents.class),
                world.the(Reversals.class),
                world.the(RefundDesk.class),
                measures,
                new SimpleMeterRegistry());
    }

    private List<TakenEvent> stored() {
        return got(world.book()
                .client()
                .sql("SELECT id, type, object_id FROM webhook_event ORDER BY id")
                .map(row -> new TakenEvent(
                        String.valueOf(row.get("id", String.class)),
                        String.valueOf(row.get("type", String.class)),
                        row.get("object_id", String.class),
                        1))
                .all()
                .collectList());
    }

    private TakenEvent event(String type) {
        return stored().stream()
                .filter(event -> event.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void awaitStored(String type) {
        await().until(() -> stored().stream().anyMatch(event -> event.type().equals(type)));
    }

    private long posted() {
        return got(world.the(LiveAccounts.class).read(account)).balance().postedMicros();
    }

    private AccountState state() {
        return got(world.the(LiveAccounts.class).read(account)).state();
    }
}
