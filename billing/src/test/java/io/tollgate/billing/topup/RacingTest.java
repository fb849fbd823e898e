package io.tollgate.billing.topup;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.World;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Orders;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.sandbox.stripe.Delivery;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Dispatch;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Everything that can tell of a payment tells of the same one, at the same time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RacingTest {

    private final World world = World.running("tollgate.billing.webhook.scan-interval=100ms");

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void oneWebhookFiveTimesInParallelAndTheSuccessPageGrantOnce() {
        AccountId account = world.account();
        world.stripe().deliverWebhooks(DeliveryMode.HELD);
        String session = world.paid(account);
        String event = world.stripe().eventIds("checkout.session.completed").getLast();

        List<Delivery> deliveries = world.stripe().deliverEvent(event, 5, Dispatch.AT_ONCE);
        FulfilResult page = got(world.the(TopUps.class).fulfil(session, AskedBy.SUCCESS_PAGE));

        assertThat(deliveries).hasSize(5).allMatch(Delivery::accepted);
        assertThat(page)
                .isIn(
                        new FulfilResult.Granted(account, Credits.of(10)),
                        new FulfilResult.GrantedBefore(account, Credits.of(10)));
        await().until(() -> world.text("SELECT state FROM webhook_event WHERE id = '" + event + "'")
                .equals("DONE"));
        await().until(() -> world.spendable(account).equals(Credits.of(10)));
        assertThat(world.grantsOf(account)).isEqualTo(1);
        assertThat(world.book().number("SELECT count(*) FROM account_command WHERE account = '" + account + "'"))
                .isEqualTo(1);
    }

    @Test
    void twentyAskersGrantOnce() {
        AccountId account = world.account();
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        String session = world.paid(account);

        List<FulfilResult> results = got(Flux.range(0, 20)
                .flatMap(i -> world.the(TopUps.class).fulfil(session, AskedBy.SUCCESS_PAGE), 20)
                .collectList());

        assertThat(results).filteredOn(FulfilResult.Granted.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(FulfilResult.GrantedBefore.class::isInstance)
                .hasSize(19);
        assertThat(world.grantsOf(account)).isEqualTo(1);
    }

    @Test
    void aWebhookAloneGrantsWithoutAnyoneComingBack() {
        AccountId account = world.account();
        world.stripe().deliverWebhooks(DeliveryMode.NORMAL);

        String session = world.paid(account);

        await().until(() -> world.spendable(account).equals(Credits.of(10)));
        assertThat(world.orderState(session)).isEqualTo("GRANTED");
        assertThat(world.grantsOf(account)).isEqualTo(1);
    }

    @Test
    void aGatewayThatDiesBetweenCommitAndPushLosesNoCredit() {
        AccountId account = world.account();
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
        String session = world.paid(account);
        TopUps dying = new TopUps(
                world.the(Orders.class),
                world.the(Till.class),
                world.the(TopUpBook.class),
                command -> Mono.error(new StoreUnavailableException("this gateway is no more")),
                (order, subscription) -> Mono.empty(),
                new Verdicts(Verdicts.NothingPaid.GRANT),
                new TopUpMetrics(new SimpleMeterRegistry()));

        assertThat(got(dying.fulfil(session, AskedBy.WEBHOOK)))
                .isEqualTo(new FulfilResult.Granted(account, Credits.of(10)));

        await().until(() -> world.spendable(account).equals(Credits.of(10)));
        assertThat(world.grantsOf(account)).isEqualTo(1);
    }

    @Test
    void eventsInAnyOrderAndTwiceGrantOnce() throws InterruptedException {
        AccountId account = world.account();
        world.stripe().deliverWebhooks(new DeliveryMode(1, 0, false, true, true));
        String session = world.paid(account);

        world.stripe().flushWebhooks();

        await().until(() -> world.orderState(session).equals("GRANTED"));
        await().until(() -> world.book().number("SELECT count(*) FROM webhook_event WHERE state = 'WAITING'") == 0);
        assertThat(world.grantsOf(account)).isEqualTo(1);
    }
}
