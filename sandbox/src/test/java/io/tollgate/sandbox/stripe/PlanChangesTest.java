package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Changes of running subscriptions, to the cent and to the second, through stripe-java. */
class PlanChangesTest {
    private static final String VISA_NUMBER = "4242424242424242";
    private static final String FAILS = "4000000000000341";

    /** April has 30 days, so its middle is a whole second. */
    private final Subscribed stripe = new Subscribed("2027-04-01T00:00:00Z");

    private static final String MIDDLE = "2027-04-16T00:00:00Z";

    @AfterEach
    void stop() {
        stripe.close();
    }

    private static SubscriptionUpdateParams.Builder to(Subscription subscription, String price) {
        return SubscriptionUpdateParams.builder()
                .addItem(SubscriptionUpdateParams.Item.builder()
                        .setId(subscription.getItems().getData().getFirst().getId())
                        .setPrice(price)
                        .build());
    }

    private Subscription update(Subscription subscription, SubscriptionUpdateParams params) throws StripeException {
        return stripe.client.v1().subscriptions().update(subscription.getId(), params);
    }

    private Subscription upgrade(Subscription subscription, String price) throws StripeException {
        return update(
                subscription,
                to(subscription, price)
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                        .build());
    }

    private static SubscriptionUpdateParams pending(Subscription subscription, String price) {
        return to(subscription, price)
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE)
                .build();
    }

    private Invoice preview(
            Subscription subscription,
            String price,
            InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior how)
            throws StripeException {
        return stripe.client
                .v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setCustomer(subscription.getCustomer())
                        .setSubscription(subscription.getId())
                        .setSubscriptionDetails(InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                                .setProrationBehavior(how)
                                .setProrationDate(stripe.simulator.now().getEpochSecond())
                                .addItem(InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                        .setId(subscription
                                                .getItems()
                                                .getData()
                                                .getFirst()
                                                .getId())
                                        .setPrice(price)
                                        .build())
                                .build())
                        .build());
    }

    private static List<Long> amounts(Invoice invoice) {
        return invoice.getLines().getData().stream()
                .map(InvoiceLineItem::getAmount)
                .toList();
    }

    private static String priceOf(Subscription subscription) {
        return subscription.getItems().getData().getFirst().getPrice().getId();
    }

    private static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    @Nested
    class Upgrading {
        @Test
        void paysTheDifferenceForTheRestOfThePeriod() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            String fifty = stripe.monthly(5_000);
            stripe.advanceTo(MIDDLE);
            Invoice preview = preview(
                    subscription,
                    fifty,
                    InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE);

            Subscription changed = upgrade(subscription, fifty);

            Invoice invoice = stripe.latestInvoice(subscription);
            assertThat(amounts(invoice)).containsExactly(-500L, 2_500L);
            assertThat(invoice.getAmountPaid()).isEqualTo(2_000);
            assertThat(invoice.getBillingReason()).isEqualTo("subscription_update");
            assertThat(invoice.getLines().getData())
                    .allMatch(line ->
                            line.getParent().getSubscriptionItemDetails().getProration())
                    .allMatch(line -> line.getPeriod().getStart() == seconds(MIDDLE)
                            && line.getPeriod().getEnd() == seconds("2027-05-01T00:00:00Z"));
            assertThat(amounts(preview)).isEqualTo(amounts(invoice));
            assertThat(preview.getAmountDue()).isEqualTo(invoice.getAmountDue());
            assertThat(Subscribed.period(changed)).isEqualTo(Subscribed.period(subscription));
            assertThat(priceOf(changed)).isEqualTo(fifty);
        }

        @Test
        void saysInItsEventWhatItWasBefore() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            stripe.advanceTo(MIDDLE);
            Subscription _ = upgrade(subscription, stripe.monthly(5_000));

            List<Event> updates = stripe.events().stream()
                    .filter(event -> event.getType().equals("customer.subscription.updated"))
                    .toList();
            assertThat(updates.getLast().getData().getPreviousAttributes()).containsKeys("items", "latest_invoice");
            assertThat(stripe.events())
                    .allSatisfy(event -> assertThat(
                                    event.getDataObjectDeserializer().getObject())
                            .as(event.getType())
                            .isPresent());
        }

        @Test
        void isProratedAtTheGivenSecond() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            String fifty = stripe.monthly(5_000);
            stripe.advanceTo("2027-04-16T00:10:00Z");

            Subscription _ = update(
                    subscription,
                    to(subscription, fifty)
                            .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                            .setProrationDate(seconds(MIDDLE))
                            .build());

            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(-500L, 2_500L);
        }

        @Test
        void waitsForTheNextInvoiceWhenProrationsAreOnlyCreated() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            String fifty = stripe.monthly(5_000);
            stripe.advanceTo(MIDDLE);
            Invoice preview = preview(
                    subscription,
                    fifty,
                    InvoiceCreatePreviewParams.SubscriptionDetails.ProrationBehavior.CREATE_PRORATIONS);

            Subscription _ = update(subscription, to(subscription, fifty).build());
            stripe.advanceTo("2027-05-01T01:00:00Z");

            Invoice invoice = stripe.latestInvoice(subscription);
            assertThat(amounts(invoice)).containsExactly(-500L, 2_500L, 5_000L);
            assertThat(amounts(preview)).isEqualTo(amounts(invoice));
            assertThat(invoice.getAmountPaid()).isEqualTo(7_000);
        }

        @Test
        void creditsOnlyWhatWasReallyDebited() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            String ten = priceOf(subscription);
            String fifty = stripe.monthly(5_000);
            stripe.advanceTo(MIDDLE);
            Subscription dear = update(
                    subscription,
                    to(subscription, fifty)
                            .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE)
                            .build());
            assertThat(priceOf(dear)).isEqualTo(fifty);

            stripe.advanceTo("2027-04-23T12:00:00Z");
            Subscription _ = upgrade(subscription, ten);

            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(-250L, 250L);
        }

        @Test
        void countsTheDiscountBothWays() throws StripeException {
            String coupon = stripe.client
                    .v1()
                    .coupons()
                    .create(CouponCreateParams.builder()
                            .setPercentOff(BigDecimal.valueOf(20))
                            .setDuration(CouponCreateParams.Duration.FOREVER)
                            .build())
                    .getId();
            String customer = stripe.customer("pm_card_visa").getId();
            Subscription subscription = stripe.client
                    .v1()
                    .subscriptions()
                    .create(Subscribed.to(customer, stripe.monthly(1_000))
                            .addDiscount(SubscriptionCreateParams.Discount.builder()
                                    .setCoupon(coupon)
                                    .build())
                            .build());
            Invoice first = stripe.latestInvoice(subscription);
            assertThat(first.getSubtotal()).isEqualTo(1_000);
            assertThat(first.getTotal()).isEqualTo(800);
            stripe.advanceTo(MIDDLE);

            Subscription _ = upgrade(subscription, stripe.monthly(5_000));

            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(-400L, 2_000L);
        }

        @Test
        void toAnotherIntervalBeginsANewPeriodPaidInFull() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            stripe.advanceTo(MIDDLE);

            Subscription yearly =
                    update(subscription, to(subscription, stripe.yearly(10_000)).build());

            assertThat(Subscribed.period(yearly)).isEqualTo(Subscribed.periodOf(MIDDLE, "2028-04-16T00:00:00Z"));
            assertThat(yearly.getBillingCycleAnchor()).isEqualTo(seconds(MIDDLE));
            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(-500L, 10_000L);
            stripe.advanceTo("2028-04-16T01:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getAmountPaid()).isEqualTo(10_000);
        }

        @Test
        void isNotProratedOutsideOfThePeriod() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            String fifty = stripe.monthly(5_000);

            InvalidRequestException refused = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> update(
                            subscription,
                            to(subscription, fifty)
                                    .setProrationDate(seconds("2027-05-01T00:00:01Z"))
                                    .build()));

            assertThat(refused.getParam()).isEqualTo("proration_date");
        }

        @Test
        void countsEachItemAndItsQuantity() throws StripeException {
            String seats = stripe.monthly(300);
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            stripe.advanceTo(MIDDLE);

            Subscription _ = update(
                    subscription,
                    SubscriptionUpdateParams.builder()
                            .addItem(SubscriptionUpdateParams.Item.builder()
                                    .setPrice(seats)
                                    .setQuantity(3L)
                                    .build())
                            .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                            .build());

            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(450L);
            stripe.advanceTo("2027-05-01T01:00:00Z");
            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(1_000L, 900L);
        }

        @Test
        void endsATrialAtOnceWhereAsked() throws StripeException {
            String customer = stripe.customer("pm_card_visa").getId();
            Subscription subscription = stripe.client
                    .v1()
                    .subscriptions()
                    .create(Subscribed.to(customer, stripe.monthly(1_000))
                            .setTrialPeriodDays(14L)
                            .build());
            stripe.advanceTo("2027-04-05T00:00:00Z");

            Subscription paying = update(
                    subscription,
                    SubscriptionUpdateParams.builder()
                            .setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW)
                            .build());

            assertThat(paying.getStatus()).isEqualTo("active");
            assertThat(Subscribed.period(paying))
                    .isEqualTo(Subscribed.periodOf("2027-04-05T00:00:00Z", "2027-05-05T00:00:00Z"));
            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(1_000L);
        }

        @Test
        void duringATrialCostsNothingYet() throws StripeException {
            String customer = stripe.customer("pm_card_visa").getId();
            Subscription subscription = stripe.client
                    .v1()
                    .subscriptions()
                    .create(Subscribed.to(customer, stripe.monthly(1_000))
                            .setTrialPeriodDays(14L)
                            .build());

            Subscription changed = upgrade(subscription, stripe.monthly(5_000));

            assertThat(changed.getStatus()).isEqualTo("trialing");
            assertThat(stripe.invoices(subscription)).hasSize(1);
            stripe.advanceTo("2027-04-15T01:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getAmountPaid()).isEqualTo(5_000);
        }
    }

    @Nested
    class Downgrading {
        @Test
        void leavesCreditForTheNextInvoice() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            stripe.advanceTo(MIDDLE);

            Subscription _ = upgrade(subscription, stripe.monthly(1_000));

            Invoice credit = stripe.latestInvoice(subscription);
            assertThat(amounts(credit)).containsExactly(-2_500L, 500L);
            assertThat(credit.getStatus()).isEqualTo("paid");
            assertThat(credit.getAmountDue()).isZero();
            assertThat(credit.getEndingBalance()).isEqualTo(-2_000);
            assertThat(stripe.client
                            .v1()
                            .customers()
                            .retrieve(subscription.getCustomer())
                            .getBalance())
                    .isEqualTo(-2_000);
            stripe.advanceTo("2027-05-01T01:00:00Z");
            Invoice renewal = stripe.latestInvoice(subscription);
            assertThat(renewal.getTotal()).isEqualTo(1_000);
            assertThat(renewal.getAmountDue()).isZero();
            stripe.advanceTo("2027-07-01T01:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getAmountPaid()).isEqualTo(1_000);
        }
    }

    @Nested
    class Pending {
        private Subscription waiting = new Subscription();
        private String fifty = "";

        private void tryAndFail() throws StripeException {
            waiting = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            fifty = stripe.monthly(5_000);
            stripe.advanceTo(MIDDLE);
            String _ = stripe.simulator.subscribers().changeCard(waiting.getId(), FAILS);
            waiting = update(waiting, pending(waiting, fifty));
        }

        @Test
        void changesNothingYet() throws StripeException {
            tryAndFail();

            assertThat(waiting.getStatus()).isEqualTo("active");
            assertThat(priceOf(waiting)).isNotEqualTo(fifty);
            assertThat(waiting.getPendingUpdate().getExpiresAt())
                    .isEqualTo(seconds(MIDDLE) + Duration.ofHours(23).toSeconds());
            assertThat(waiting.getPendingUpdate()
                            .getSubscriptionItems()
                            .getFirst()
                            .getPrice()
                            .getId())
                    .isEqualTo(fifty);
            Invoice invoice = stripe.latestInvoice(waiting);
            assertThat(invoice.getStatus()).isEqualTo("open");
            assertThat(invoice.getAmountDue()).isEqualTo(2_000);
            assertThat(stripe.eventTypes()).contains("invoice.payment_failed");
        }

        @Test
        void isMadeWhenItsInvoiceIsPaid() throws StripeException {
            tryAndFail();

            assertThat(stripe.simulator.subscribers().payInvoice(waiting.getLatestInvoice(), VISA_NUMBER))
                    .isTrue();

            Subscription changed = stripe.reload(waiting);
            assertThat(priceOf(changed)).isEqualTo(fifty);
            assertThat(changed.getPendingUpdate()).isNull();
            assertThat(stripe.eventTypes())
                    .containsOnlyOnce("customer.subscription.pending_update_applied")
                    .doesNotContain("customer.subscription.pending_update_expired");
            stripe.advanceTo("2027-05-01T01:00:00Z");
            assertThat(stripe.latestInvoice(waiting).getAmountPaid()).isEqualTo(5_000);
        }

        @Test
        void isGivenUpAfterADay() throws StripeException {
            tryAndFail();
            String invoice = waiting.getLatestInvoice();

            stripe.advance(Duration.ofHours(23));

            Subscription same = stripe.reload(waiting);
            assertThat(priceOf(same)).isNotEqualTo(fifty);
            assertThat(same.getPendingUpdate()).isNull();
            assertThat(stripe.invoice(invoice).getStatus()).isEqualTo("void");
            assertThat(stripe.eventTypes()).containsOnlyOnce("customer.subscription.pending_update_expired");
            stripe.advance(Duration.ofDays(30));
            assertThat(stripe.latestInvoice(waiting).getTotal()).isEqualTo(1_000);
        }

        @Test
        void isReplacedByTheNextTry() throws StripeException {
            tryAndFail();
            String first = waiting.getLatestInvoice();

            Subscription again = update(waiting, pending(waiting, stripe.monthly(9_000)));

            assertThat(stripe.invoice(first).getStatus()).isEqualTo("void");
            assertThat(stripe.latestInvoice(again).getAmountDue()).isEqualTo(4_000);
        }

        @Test
        void toAnotherIntervalBeginsTheNewPeriodOnlyOncePaid() throws StripeException {
            tryAndFail();
            String yearly = stripe.yearly(10_000);
            waiting = update(waiting, pending(waiting, yearly));
            assertThat(Subscribed.period(waiting).end()).isEqualTo(seconds("2027-05-01T00:00:00Z"));
            assertThat(waiting.getPendingUpdate().getBillingCycleAnchor()).isEqualTo(seconds(MIDDLE));
            assertThat(stripe.latestInvoice(waiting).getAmountDue()).isEqualTo(9_500);

            assertThat(stripe.simulator.subscribers().payInvoice(waiting.getLatestInvoice(), VISA_NUMBER))
                    .isTrue();

            assertThat(Subscribed.period(stripe.reload(waiting)))
                    .isEqualTo(Subscribed.periodOf(MIDDLE, "2028-04-16T00:00:00Z"));
            stripe.advanceTo("2027-06-01T00:00:00Z");
            assertThat(stripe.invoices(waiting)).hasSize(3);
        }

        @Test
        void cannotBeCombinedWithWhatDoesNotWait() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            String price = stripe.monthly(5_000);

            InvalidRequestException refused = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> update(
                            subscription,
                            to(subscription, price)
                                    .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE)
                                    .setCancelAtPeriodEnd(true)
                                    .build()));

            assertThat(refused.getParam()).isEqualTo("cancel_at_period_end");
        }

        @Test
        void isMadeOnceTheCardholderHasApproved() throws StripeException {
            waiting = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            fifty = stripe.monthly(5_000);
            stripe.advanceTo(MIDDLE);
            String _ = stripe.simulator.subscribers().changeCard(waiting.getId(), "4000002760003184");
            waiting = update(waiting, pending(waiting, fifty));
            assertThat(waiting.getPendingUpdate()).isNotNull();
            assertThat(stripe.eventTypes()).contains("invoice.payment_action_required");

            String intent = stripe.client
                    .v1()
                    .invoicePayments()
                    .list(InvoicePaymentListParams.builder()
                            .setInvoice(waiting.getLatestInvoice())
                            .build())
                    .getData()
                    .getFirst()
                    .getPayment()
                    .getPaymentIntent();
            assertThat(stripe.simulator.bank().authenticate(intent)).isTrue();

            assertThat(priceOf(stripe.reload(waiting))).isEqualTo(fifty);
        }
    }

    @Test
    void aChangeThatMustNotFailChangesNothing() throws StripeException {
        Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
        String price = stripe.monthly(5_000);
        stripe.advanceTo(MIDDLE);
        String _ = stripe.simulator.subscribers().changeCard(subscription.getId(), FAILS);

        CardException refused = catchThrowableOfType(
                CardException.class,
                () -> update(
                        subscription,
                        to(subscription, price)
                                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                                .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)
                                .putMetadata("a", "b")
                                .build()));

        assertThat(refused.getStatusCode()).isEqualTo(402);
        assertThat(priceOf(stripe.reload(subscription))).isNotEqualTo(price);
        assertThat(stripe.reload(subscription).getMetadata()).isEqualTo(Map.of());
        assertThat(stripe.invoices(subscription)).hasSize(1);
    }

    @Nested
    class Ending {
        @Test
        void comesWithThePeriodUnlessTakenBack() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            stripe.advanceTo(MIDDLE);
            Subscription ending = update(
                    subscription,
                    SubscriptionUpdateParams.builder()
                            .setCancelAtPeriodEnd(true)
                            .build());
            assertThat(ending.getStatus()).isEqualTo("active");
            assertThat(ending.getCancelAt()).isEqualTo(seconds("2027-05-01T00:00:00Z"));
            assertThat(ending.getCanceledAt()).isEqualTo(seconds(MIDDLE));
            stripe.simulator.subscribers().keep(subscription.getId());
            assertThat(stripe.reload(subscription).getCancelAt()).isNull();
            stripe.simulator.subscribers().cancelAtPeriodEnd(subscription.getId());

            stripe.advanceTo("2027-05-01T00:00:00Z");
            assertThat(stripe.eventTypes()).containsOnlyOnce("customer.subscription.deleted");
            stripe.advanceTo("2027-06-01T00:00:00Z");

            Subscription ended = stripe.reload(subscription);
            assertThat(ended.getStatus()).isEqualTo("canceled");
            assertThat(ended.getEndedAt()).isEqualTo(seconds("2027-05-01T00:00:00Z"));
            assertThat(stripe.invoices(subscription)).hasSize(1);
        }

        @Test
        void atOnceGivesTheRestBackAsCreditIfAsked() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            stripe.advanceTo(MIDDLE);

            Subscription canceled = stripe.client
                    .v1()
                    .subscriptions()
                    .cancel(
                            subscription.getId(),
                            SubscriptionCancelParams.builder()
                                    .setProrate(true)
                                    .setInvoiceNow(true)
                                    .build());

            assertThat(canceled.getStatus()).isEqualTo("canceled");
            assertThat(amounts(stripe.latestInvoice(subscription))).containsExactly(-500L);
            assertThat(stripe.client
                            .v1()
                            .customers()
                            .retrieve(subscription.getCustomer())
                            .getBalance())
                    .isEqualTo(-500);
        }
    }
}
