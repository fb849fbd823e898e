package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.checkout.Session;
import com.stripe.param.EventListParams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    private static final int EVENTS_OF_A_PAYMENT = 4;

    private final SimulatedStripe stripe = new SimulatedStripe();
    private final WebhookReceiver receiver;

    WebhooksTest() throws IOException {
        receiver = new WebhookReceiver();
    }

    @BeforeEach
    void connect() {
        stripe.simulator.deliverWebhooksTo(receiver.uri());
    }

    @AfterEach
    void stop() {
        stripe.close();
        receiver.close();
    }

    private String paidSession() throws StripeException {
        String id = stripe.session().getId();
        assertThat(stripe.simulator.pay(id, SimulatedStripe.VISA)).isInstanceOf(CheckoutResult.Paid.class);
        return id;
    }

    private List<Event> next(int count) throws InterruptedException {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(receiver.next());
        }
        return events;
    }

    private void settle() throws InterruptedException {
        assertThat(stripe.simulator.awaitDeliveries(SimulatedStripe.PATIENCE)).isTrue();
    }

    private List<Event> undelivered() throws StripeException {
        return stripe.client
                .v1()
                .events()
                .list(EventListParams.builder().setDeliverySuccess(false).build())
                .getData();
    }

    @Nested
    class Delivering {
        @Test
        void signsWhatStripeJavaVerifiesAndParses() throws Exception {
            String id = paidSession();

            List<Event> events = next(EVENTS_OF_A_PAYMENT);

            assertThat(events)
                    .extracting(Event::getType)
                    .containsExactlyInAnyOrder(
                            "payment_intent.created",
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "checkout.session.completed");
            assertThat(events)
                    .allSatisfy(event -> assertThat(
                                    event.getDataObjectDeserializer().getObject())
                            .isPresent());
            assertThat(events)
                    .filteredOn(event -> event.getType().equals("checkout.session.completed"))
                    .singleElement()
                    .satisfies(event -> {
                        Session session = (Session)
                                event.getDataObjectDeserializer().getObject().orElseThrow();
                        assertThat(session.getId()).isEqualTo(id);
                        assertThat(session.getPaymentStatus()).isEqualTo("paid");
                        assertThat(session.getMetadata()).containsEntry("order", "1");
                    });
        }

        @Test
        void triesAgainUntilAccepted() throws Exception {
            receiver.answerNextWith(500, 503, 500);

            paidSession();
            settle();

            assertThat(receiver.received).hasSize(EVENTS_OF_A_PAYMENT + 3);
            assertThat(undelivered()).isEmpty();
            assertThat(stripe.simulator.deliveries())
                    .filteredOn(delivery -> !delivery.accepted())
                    .hasSize(3);
        }

        @Test
        void repeatsWhatItIsToldToDuplicate() throws Exception {
            stripe.simulator.deliverWebhooks(DeliveryMode.duplicated(2));

            paidSession();
            settle();

            assertThat(receiver.received).hasSize(3 * EVENTS_OF_A_PAYMENT);
            assertThat(receiver.received).extracting(Event::getId).containsAll(allEventIds());
        }

        @Test
        void losesWhatItIsToldToDropButStillListsIt() throws Exception {
            stripe.simulator.deliverWebhooks(DeliveryMode.DROPPED);

            paidSession();
            settle();

            assertThat(receiver.received).isEmpty();
            assertThat(undelivered()).hasSize(EVENTS_OF_A_PAYMENT);
        }

        @Test
        void deliversShuffledAndDelayedEventsAllTheSame() throws Exception {
            stripe.simulator.deliverWebhooks(new DeliveryMode(1, 50, false, true, false));

            paidSession();
            settle();

            assertThat(receiver.received).hasSize(2 * EVENTS_OF_A_PAYMENT);
        }

        private List<String> allEventIds() throws StripeException {
            return stripe.client.v1().events().list().getData().stream()
                    .map(Event::getId)
                    .toList();
        }
    }

    @Nested
    class Holding {
        @Test
        void keepsEventsUntilTheyAreFlushedInOrder() throws Exception {
            stripe.simulator.deliverWebhooks(DeliveryMode.HELD);
            paidSession();
            assertThat(receiver.received).isEmpty();

            List<Delivery> flushed = stripe.simulator.flushWebhooks();

            assertThat(flushed).allMatch(Delivery::accepted);
            assertThat(receiver.received)
                    .extracting(Event::getType)
                    .containsExactly(
                            "payment_intent.created",
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "checkout.session.completed");
            assertThat(stripe.simulator.flushWebhooks()).isEmpty();
        }

        @Test
        void retriesInTheBackgroundWhatTheFlushCouldNotDeliver() throws Exception {
            stripe.simulator.deliverWebhooks(DeliveryMode.HELD);
            paidSession();
            receiver.answerNextWith(500);

            List<Delivery> flushed = stripe.simulator.flushWebhooks();
            settle();

            assertThat(flushed).extracting(Delivery::status).containsExactly(500, 200, 200, 200);
            assertThat(receiver.received).hasSize(EVENTS_OF_A_PAYMENT + 1);
        }
    }

    @Nested
    class Redelivering {
        @Test
        void sendsCopiesAtOnce() throws Exception {
            paidSession();
            settle();
            receiver.received.clear();
            String event =
                    stripe.simulator.eventIds("checkout.session.completed").getFirst();

            List<Delivery> outcomes = stripe.simulator.deliverEvent(event, 5, Dispatch.AT_ONCE);

            assertThat(outcomes).hasSize(5).allMatch(Delivery::accepted);
            assertThat(receiver.received).hasSize(5).extracting(Event::getId).containsOnly(event);
        }

        @Test
        void tellsTheSameNewsUnderAnotherId() throws Exception {
            String session = paidSession();
            settle();
            receiver.received.clear();
            String event =
                    stripe.simulator.eventIds("checkout.session.completed").getFirst();

            String twin = stripe.simulator.twinEvent(event);

            Event told = receiver.next();
            assertThat(told.getId()).isEqualTo(twin).isNotEqualTo(event);
            assertThat(((Session) told.getDataObjectDeserializer().getObject().orElseThrow()).getId())
                    .isEqualTo(session);
        }

        @Test
        void recoversADroppedEvent() throws Exception {
            stripe.simulator.deliverWebhooks(DeliveryMode.DROPPED);
            paidSession();
            String event =
                    stripe.simulator.eventIds("checkout.session.completed").getFirst();

            stripe.simulator.deliverEvent(event, 1, Dispatch.ONE_BY_ONE);

            assertThat(receiver.next().getId()).isEqualTo(event);
            assertThat(undelivered()).hasSize(EVENTS_OF_A_PAYMENT - 1);
        }
    }
}
