package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A plan of fifty dollars, to be one of ten from the next period on. */
class SubscriptionSchedulesTest {
    private final Subscribed stripe = new Subscribed("2026-01-15T12:00:00Z");

    @AfterEach
    void stop() {
        stripe.close();
    }

    private SubscriptionSchedule scheduled(Subscription subscription) throws StripeException {
        return stripe.client
                .v1()
                .subscriptionSchedules()
                .create(SubscriptionScheduleCreateParams.builder()
                        .setFromSubscription(subscription.getId())
                        .build());
    }

    private SubscriptionSchedule find(SubscriptionSchedule schedule) throws StripeException {
        return stripe.client.v1().subscriptionSchedules().retrieve(schedule.getId());
    }

    private SubscriptionSchedule then(SubscriptionSchedule schedule, String price) throws StripeException {
        return update(schedule, schedule.getPhases().getFirst().getStartDate(), price);
    }

    private SubscriptionSchedule update(SubscriptionSchedule schedule, long start, String price)
            throws StripeException {
        SubscriptionSchedule.Phase now = schedule.getPhases().getFirst();
        return stripe.client
                .v1()
                .subscriptionSchedules()
                .update(
                        schedule.getId(),
                        SubscriptionScheduleUpdateParams.builder()
                                .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.RELEASE)
                                .addPhase(phase(now.getItems().getFirst().getPrice())
                                        .setStartDate(start)
                                        .setEndDate(now.getEndDate())
                                        .build())
                                .addPhase(phase(price)
                                        .setProrationBehavior(
                                                SubscriptionScheduleUpdateParams.Phase.ProrationBehavior.NONE)
                                        .putMetadata("plan", "small")
                                        .build())
                                .build());
    }

    private static SubscriptionScheduleUpdateParams.Phase.Builder phase(String price) {
        return SubscriptionScheduleUpdateParams.Phase.builder()
                .addItem(SubscriptionScheduleUpdateParams.Phase.Item.builder()
                        .setPrice(price)
                        .setQuantity(1L)
                        .build());
    }

    private static String priceOf(Subscription subscription) {
        return subscription.getItems().getData().getFirst().getPrice().getId();
    }

    @Nested
    class Creating {
        @Test
        void beginsWithThePeriodThatRuns() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));

            SubscriptionSchedule schedule = scheduled(subscription);

            assertThat(schedule.getStatus()).isEqualTo("active");
            assertThat(schedule.getSubscription()).isEqualTo(subscription.getId());
            assertThat(schedule.getPhases()).singleElement().satisfies(phase -> {
                assertThat(new Period(phase.getStartDate(), phase.getEndDate()))
                        .isEqualTo(Subscribed.period(subscription));
                assertThat(phase.getItems().getFirst().getPrice()).isEqualTo(priceOf(subscription));
            });
            assertThat(stripe.reload(subscription).getSchedule()).isEqualTo(schedule.getId());
            assertThat(stripe.eventTypes()).endsWith("subscription_schedule.created", "customer.subscription.updated");
            assertThat(KnownFields.unknownIn(schedule.getRawJsonObject(), SubscriptionSchedule.class))
                    .isEmpty();
        }

        @Test
        void isPossibleOnceOnly() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            scheduled(subscription);

            assertThat(catchThrowableOfType(InvalidRequestException.class, () -> scheduled(subscription)))
                    .hasMessageContaining("already attached to a schedule");
        }

        @Test
        void leavesTheEndToTheSchedule() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            scheduled(subscription);

            assertThat(catchThrowableOfType(
                            InvalidRequestException.class,
                            () -> stripe.client
                                    .v1()
                                    .subscriptions()
                                    .update(
                                            subscription.getId(),
                                            SubscriptionUpdateParams.builder()
                                                    .setCancelAtPeriodEnd(true)
                                                    .build())))
                    .hasMessageContaining("managed by the subscription schedule");
        }
    }

    @Nested
    class Changing {
        @Test
        void happensWithTheRenewalWithoutProration() throws StripeException {
            String small = stripe.monthly(1_000);
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            SubscriptionSchedule schedule = then(scheduled(subscription), small);
            assertThat(priceOf(stripe.reload(subscription))).isNotEqualTo(small);

            stripe.advanceTo("2026-02-15T14:00:00Z");

            Subscription changed = stripe.reload(subscription);
            assertThat(priceOf(changed)).isEqualTo(small);
            assertThat(changed.getMetadata()).containsEntry("plan", "small");
            assertThat(Subscribed.period(changed))
                    .isEqualTo(Subscribed.periodOf("2026-02-15T12:00:00Z", "2026-03-15T12:00:00Z"));
            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(1_000);
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
            assertThat(stripe.invoices(subscription)).hasSize(2);
            assertThat(find(schedule).getCurrentPhase().getStartDate())
                    .isEqualTo(Subscribed.period(changed).start());
            assertThat(stripe.eventTypes()).contains("subscription_schedule.updated");
        }

        @Test
        void movesTheAnchorWithTheInterval() throws StripeException {
            String yearly = stripe.yearly(50_000);
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            then(scheduled(subscription), yearly);

            stripe.advanceTo("2026-02-15T14:00:00Z");

            assertThat(Subscribed.period(stripe.reload(subscription)))
                    .isEqualTo(Subscribed.periodOf("2026-02-15T12:00:00Z", "2027-02-15T12:00:00Z"));
            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(50_000);
        }

        @Test
        void leavesTheSubscriptionAloneAfterTheLastPhase() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            SubscriptionSchedule schedule = then(scheduled(subscription), stripe.monthly(1_000));

            stripe.advanceTo("2026-03-15T14:00:00Z");

            assertThat(find(schedule).getStatus()).isEqualTo("released");
            assertThat(find(schedule).getReleasedSubscription()).isEqualTo(subscription.getId());
            assertThat(stripe.reload(subscription).getSchedule()).isNull();
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(1_000);
        }

        @Test
        void cannotMoveTheStartOfThePhaseThatRuns() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            SubscriptionSchedule schedule = scheduled(subscription);
            long later = Subscribed.period(subscription).start() + 1;
            String small = stripe.monthly(1_000);

            assertThat(catchThrowableOfType(InvalidRequestException.class, () -> update(schedule, later, small))
                            .getParam())
                    .isEqualTo("phases[0][start_date]");
        }
    }

    @Nested
    class Ending {
        @Test
        void byReleaseKeepsThePlan() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            SubscriptionSchedule schedule = then(scheduled(subscription), stripe.monthly(1_000));

            stripe.client.v1().subscriptionSchedules().release(schedule.getId());
            assertThat(stripe.eventTypes()).endsWith("subscription_schedule.released", "customer.subscription.updated");
            stripe.advanceTo("2026-02-15T14:00:00Z");

            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(5_000);
            assertThat(find(schedule).getSubscription()).isNull();
            assertThat(catchThrowableOfType(
                            InvalidRequestException.class,
                            () -> stripe.client.v1().subscriptionSchedules().release(schedule.getId())))
                    .hasMessageContaining("`released` status");
        }

        @Test
        void byCancelEndsTheSubscription() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            SubscriptionSchedule schedule = scheduled(subscription);

            stripe.client.v1().subscriptionSchedules().cancel(schedule.getId());

            assertThat(find(schedule).getStatus()).isEqualTo("canceled");
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("canceled");
            assertThat(stripe.eventTypes())
                    .containsAll(List.of("subscription_schedule.canceled", "customer.subscription.deleted"));
        }

        @Test
        void comesWithTheEndOfTheSubscription() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            SubscriptionSchedule schedule = scheduled(subscription);

            stripe.client.v1().subscriptions().cancel(subscription.getId());

            assertThat(find(schedule).getStatus()).isEqualTo("canceled");
        }
    }
}
