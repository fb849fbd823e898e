package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.param.EventListParams;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What somebody who missed webhooks can ask for. */
class EventListTest {
    private static final URI NOBODY_LISTENS = URI.create("http://127.0.0.1:9/webhook");

    private final SimulatedStripe stripe = new SimulatedStripe();

    @AfterEach
    void stop() {
        stripe.close();
    }

    private void buy() throws StripeException {
        stripe.simulator.pay(stripe.session().getId(), SimulatedStripe.VISA);
    }

    private StripeCollection<Event> list(EventListParams.Builder params) throws StripeException {
        return stripe.client.v1().events().list(params.build());
    }

    private List<String> types(EventListParams.Builder params) throws StripeException {
        return list(params).getData().stream().map(Event::getType).toList();
    }

    @Nested
    class Types {
        @Test
        void areOne() throws StripeException {
            buy();

            assertThat(types(EventListParams.builder().setType("charge.succeeded")))
                    .containsExactly("charge.succeeded");
        }

        @Test
        void areAllThatBeginTheSame() throws StripeException {
            buy();

            assertThat(types(EventListParams.builder().setType("payment_intent.*")))
                    .containsExactly("payment_intent.succeeded", "payment_intent.created");
        }

        @Test
        void areSeveral() throws StripeException {
            buy();

            assertThat(types(EventListParams.builder()
                            .addType("checkout.session.completed")
                            .addType("payment_intent.created")))
                    .containsExactly("checkout.session.completed", "payment_intent.created");
        }

        @Test
        void areGivenInOneWayOnly() {
            assertThat(catchThrowableOfType(
                            InvalidRequestException.class,
                            () -> list(EventListParams.builder()
                                    .setType("charge.succeeded")
                                    .addType("charge.failed"))))
                    .hasMessageContaining("only specify one");
        }
    }

    @Nested
    class Times {
        @Test
        void boundTheList() throws StripeException {
            buy();
            long second = stripe.simulator.advanceClock(Duration.ofHours(1)).getEpochSecond();
            buy();

            assertThat(types(EventListParams.builder()
                            .setType("checkout.session.completed")
                            .setCreated(EventListParams.Created.builder()
                                    .setGte(second)
                                    .build())))
                    .hasSize(1);
            assertThat(types(EventListParams.builder()
                            .setType("checkout.session.completed")
                            .setCreated(EventListParams.Created.builder()
                                    .setLt(second)
                                    .build())))
                    .hasSize(1);
        }

        @Test
        void endAfterThirtyDays() throws StripeException {
            buy();
            String old = stripe.simulator.eventIds("checkout.session.completed").getFirst();
            stripe.simulator.advanceClock(Duration.ofDays(29));
            buy();
            assertThat(types(EventListParams.builder().setType("checkout.session.completed")))
                    .hasSize(2);

            stripe.simulator.advanceClock(Duration.ofDays(1).plusMinutes(1));

            assertThat(types(EventListParams.builder().setType("checkout.session.completed")))
                    .hasSize(1);
            assertThat(catchThrowableOfType(
                                    InvalidRequestException.class,
                                    () -> stripe.client.v1().events().retrieve(old))
                            .getCode())
                    .isEqualTo("resource_missing");
        }
    }

    @Nested
    class Deliveries {
        @Test
        void tellTheMissedFromTheDelivered() throws Exception {
            try (WebhookReceiver receiver = new WebhookReceiver()) {
                stripe.simulator.deliverWebhooksTo(receiver.uri());
                buy();
                assertThat(stripe.simulator.awaitDeliveries(SimulatedStripe.PATIENCE))
                        .isTrue();
                stripe.simulator.deliverWebhooks(DeliveryMode.DROPPED);
                stripe.simulator.deliverWebhooksTo(NOBODY_LISTENS);
                stripe.client.v1().customers().create();

                assertThat(types(EventListParams.builder().setDeliverySuccess(false)))
                        .containsExactly("customer.created");
                assertThat(types(EventListParams.builder().setDeliverySuccess(true)))
                        .hasSize(4)
                        .doesNotContain("customer.created");
            }
        }

        @Test
        void areCountedOnTheEvent() throws StripeException {
            stripe.simulator.deliverWebhooks(DeliveryMode.DROPPED);
            stripe.simulator.deliverWebhooksTo(NOBODY_LISTENS);
            stripe.client.v1().customers().create();

            assertThat(list(EventListParams.builder()).getData())
                    .singleElement()
                    .satisfies(event -> assertThat(event.getPendingWebhooks()).isEqualTo(1));
        }
    }

    @Nested
    class Pages {
        @Test
        void walkThroughAllFromTheNewest() throws StripeException {
            for (int i = 0; i < 3; i++) {
                buy();
            }

            List<String> walked = new ArrayList<>();
            list(EventListParams.builder().setLimit(5L))
                    .autoPagingIterable()
                    .forEach(event -> walked.add(event.getId()));

            assertThat(walked).hasSize(12).doesNotHaveDuplicates();
            assertThat(walked.getLast())
                    .isEqualTo(
                            stripe.simulator.eventIds("payment_intent.created").getFirst());
        }

        @Test
        void goBackFromTheLastOneSeen() throws StripeException {
            buy();
            String seen =
                    stripe.simulator.eventIds("checkout.session.completed").getFirst();
            buy();

            StripeCollection<Event> since =
                    list(EventListParams.builder().setEndingBefore(seen).setLimit(3L));

            assertThat(since.getData())
                    .extracting(Event::getType)
                    .containsExactly("payment_intent.succeeded", "charge.succeeded", "payment_intent.created");
            assertThat(since.getHasMore()).isTrue();
        }

        @Test
        void keepTheirPlaceWithinAType() throws StripeException {
            buy();
            buy();
            List<String> ids = stripe.simulator.eventIds("charge.succeeded");

            StripeCollection<Event> rest =
                    list(EventListParams.builder().setType("charge.succeeded").setStartingAfter(ids.getLast()));

            assertThat(rest.getData()).extracting(Event::getId).containsExactly(ids.getFirst());
            assertThat(rest.getHasMore()).isFalse();
        }
    }
}
