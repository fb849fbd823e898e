package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import io.tollgate.billing.World;
import io.tollgate.billing.webhook.Handling;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The same news in whatever order, number and company comes to the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrdersOfEventsTest {

    private static final String VISA = "pm_card_visa";
    private static final String DECLINED = "pm_card_chargeCustomerFail";
    private static final Credits PRO = Credits.of(250);
    private static final int PERMUTATIONS_OF_FIVE = 120;

    private final World world = World.still(Subscriber.PLANS);

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterAll
    void close() {
        assertThat(world.book()
                        .number("SELECT count(*) FROM"
                                + " (SELECT unit FROM ledger_entry GROUP BY unit HAVING sum(amount) <> 0) unbalanced"))
                .isZero();
        world.close();
    }

    private static List<Integer> permutation(int number) {
        List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3, 4));
        List<Integer> order = new ArrayList<>();
        int rest = number;
        for (int size = 5; size > 0; size--) {
            order.add(left.remove(/* index */ rest % size));
            rest /= size;
        }
        return order;
    }

    private static List<TakenEvent> five(List<TakenEvent> events, String... types) {
        List<TakenEvent> five = new ArrayList<>();
        for (String type : types) {
            five.add(events.stream()
                    .filter(event -> event.type().equals(type))
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> new AssertionError("no " + type + " among " + events)));
        }
        return five;
    }

    private Subscriber pro() throws StripeException {
        return Subscriber.with(world, VISA).monthly("pro", 500);
    }

    private List<Subscriber> pros(int number) throws StripeException {
        List<Subscriber> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(pro());
        }
        return all;
    }

    @Nested
    class InEveryOrder {

        @Test
        void theNewsOfAPurchaseGivesOnce() throws StripeException {
            List<Subscriber> subscribers = pros(PERMUTATIONS_OF_FIVE);
            List<Event> all = Subscriber.allEvents(world);

            for (int number = 0; number < PERMUTATIONS_OF_FIVE; number++) {
                Subscriber subscriber = subscribers.get(number);
                List<TakenEvent> five = five(
                        subscriber.own(all),
                        "customer.subscription.created",
                        "invoice.created",
                        "invoice.finalized",
                        "invoice.paid",
                        "invoice_payment.paid");
                for (int place : permutation(number)) {
                    assertThat(subscriber.handle(five.get(place))).isEqualTo(Handling.done());
                }
                assertThat(subscriber.spendable()).as("permutation %d", number).isEqualTo(PRO);
                assertThat(subscriber.allowances()).isEqualTo(1);
                assertThat(subscriber.payments()).isEqualTo(1);
            }
        }

        @Test
        void theNewsOfARenewalGivesOnce() throws StripeException {
            List<Subscriber> subscribers = pros(PERMUTATIONS_OF_FIVE);
            for (Subscriber subscriber : subscribers) {
                subscriber.settle();
            }
            world.advance(Duration.ofDays(31).plusHours(2));
            List<Event> all = Subscriber.allEvents(world);

            for (int number = 0; number < PERMUTATIONS_OF_FIVE; number++) {
                Subscriber subscriber = subscribers.get(number);
                List<TakenEvent> five = five(
                        subscriber.own(all),
                        "customer.subscription.updated",
                        "invoice.created",
                        "invoice.finalized",
                        "invoice.paid",
                        "invoice_payment.paid");
                for (int place : permutation(number)) {
                    assertThat(subscriber.handle(five.get(place))).isEqualTo(Handling.done());
                    assertThat(subscriber.spendable())
                            .as("permutation %d", number)
                            .isEqualTo(PRO);
                }
                assertThat(subscriber.allowances()).isEqualTo(2);
                assertThat(subscriber.payments()).isEqualTo(2);
            }
        }
    }

    @Nested
    class Shuffled {

        static LongStream seeds() {
            return new Random().longs(12);
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("seeds")
        void anyMixOfLateAndRepeatedNewsOfAFailureAndItsRecoveryComesToTheSame(long seed) throws StripeException {
            Random random = new Random(seed);
            Subscriber subscriber = pro();
            // Stripe lists them for thirty days only.
            Set<TakenEvent> told = new LinkedHashSet<>(subscriber.own(Subscriber.allEvents(world)));
            hearSome(subscriber, random);
            subscriber.useCard(DECLINED);
            world.advance(Duration.ofDays(31).plusHours(2));
            hearSome(subscriber, random);
            world.advance(Duration.ofDays(3).plusHours(2));
            hearSome(subscriber, random);
            subscriber.useCard(VISA);
            String failed = subscriber.invoices().getFirst().getId();
            var _ = subscriber.stripe().v1().invoices().pay(failed);
            hearSome(subscriber, random);

            told.addAll(subscriber.own(Subscriber.allEvents(world)));
            List<TakenEvent> everything = new ArrayList<>(told);
            Collections.shuffle(everything, random);
            for (TakenEvent event : everything) {
                assertThat(subscriber.handle(event)).isEqualTo(Handling.done());
            }
            var _ = subscriber.due();

            assertThat(subscriber.spendable()).isEqualTo(PRO);
            assertThat(subscriber.payments()).isEqualTo(2);
            assertThat(subscriber.notices("PAYMENT_RECOVERED")).isLessThanOrEqualTo(1);
            assertThat(subscriber.number("SELECT count(*) FROM account_plan WHERE account = '$account'"
                            + " AND (grace_until IS NOT NULL OR lives_until IS NULL)"))
                    .isZero();
        }

        private void hearSome(Subscriber subscriber, Random random) throws StripeException {
            for (TakenEvent event : subscriber.own(Subscriber.allEvents(world))) {
                if (random.nextInt(10) < 3) {
                    var _ = subscriber.handle(event);
                }
            }
            var _ = subscriber.due();
        }
    }

    @Nested
    class AtOnce {

        @Test
        void theSameNewsOnManyWorkersGivesOnce() throws StripeException {
            Subscriber subscriber = pro();
            TakenEvent paid = five(subscriber.own(Subscriber.allEvents(world)), "invoice.paid")
                    .getFirst();

            List<Handling> handled = got(Flux.range(0, 10)
                    .flatMap(i -> world.the(SubscriptionEvents.class).handle(paid), 10)
                    .collectList());

            assertThat(handled).contains(Handling.done());
            assertThat(subscriber.allowances()).isEqualTo(1);
            assertThat(subscriber.payments()).isEqualTo(1);
            assertThat(subscriber.spendable()).isEqualTo(PRO);
        }
    }

    @Nested
    class Dying {

        @Test
        void beforeAnythingIsWrittenLosesNothing() throws StripeException {
            Subscriber subscriber = pro();
            List<TakenEvent> events = subscriber.own(Subscriber.allEvents(world));
            TakenEvent paid = five(events, "invoice.paid").getFirst();
            world.stripe().outage(Outage.ERROR_500, 0);
            assertThatThrownBy(() -> subscriber.handle(paid)).isInstanceOf(RuntimeException.class);
            world.stripe().endOutage();

            await().until(() -> {
                try {
                    return subscriber.handle(paid).equals(Handling.done());
                } catch (RuntimeException breakerIsStillOpen) {
                    return false;
                }
            });

            assertThat(subscriber.spendable()).isEqualTo(PRO);
        }

        @Test
        void betweenAllowanceAndPaymentWritesNeither() throws StripeException {
            Subscriber subscriber = pro();
            TakenEvent paid = five(subscriber.own(Subscriber.allEvents(world)), "invoice.paid")
                    .getFirst();
            world.book()
                    .owner()
                    .sql("REVOKE INSERT ON payment FROM tollgate_app")
                    .then()
                    .block();
            assertThatThrownBy(() -> subscriber.handle(paid)).isInstanceOf(RuntimeException.class);
            world.book()
                    .owner()
                    .sql("GRANT INSERT ON payment TO tollgate_app")
                    .then()
                    .block();
            assertThat(subscriber.allowances()).isZero();

            assertThat(subscriber.handle(paid)).isEqualTo(Handling.done());

            assertThat(subscriber.allowances()).isEqualTo(1);
            assertThat(subscriber.payments()).isEqualTo(1);
            assertThat(subscriber.spendable()).isEqualTo(PRO);
        }

        @Test
        void betweenCommitAndPushLosesNoAllowance() throws StripeException {
            Subscriber subscriber = pro();
            Subscriptions dying = new Subscriptions(
                    world.the(PlanTill.class),
                    world.the(PlanBook.class),
                    world.the(Plans.class),
                    world.the(PlanRules.class),
                    command -> Mono.error(new StoreUnavailableException("this gateway is no more")));

            assertThat(got(dying.look(subscriber.subscription()))).isEqualTo(new LookResult.Looked(subscriber.account));

            await().until(() -> subscriber.spendable().equals(PRO));
            assertThat(subscriber.allowances()).isEqualTo(1);
        }
    }
}
