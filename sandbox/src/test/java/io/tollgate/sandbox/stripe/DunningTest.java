package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Subscription;
import com.stripe.param.ChargeListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Renewals that cannot be collected, and invoices that wait for someone, through stripe-java. */
class DunningTest {
    private static final String FAILS = "4000000000000341";
    private static final String VISA = "4242424242424242";
    private static final String ASKS = "4000002760003184";
    private static final String FIRST_ATTEMPT = "2027-05-01T01:00:00Z";

    private final Subscribed stripe = new Subscribed("2027-04-01T00:00:00Z");

    @AfterEach
    void stop() {
        stripe.close();
    }

    private Subscription withCardThat(String card) throws StripeException {
        Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
        String _ = stripe.simulator.subscribers().changeCard(subscription.getId(), card);
        return subscription;
    }

    private static long seconds(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private String intentOf(Invoice invoice) throws StripeException {
        return stripe.client
                .v1()
                .invoicePayments()
                .list(InvoicePaymentListParams.builder()
                        .setInvoice(invoice.getId())
                        .build())
                .getData()
                .getFirst()
                .getPayment()
                .getPaymentIntent();
    }

    @Nested
    class AFailedRenewal {
        @Test
        void isTriedAgainOnScheduleAndThenEndsTheSubscription() throws StripeException {
            Subscription subscription = withCardThat(FAILS);

            stripe.advanceTo(FIRST_ATTEMPT);
            Invoice first = stripe.latestInvoice(subscription);
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("past_due");
            assertThat(first.getStatus()).isEqualTo("open");
            assertThat(first.getAttemptCount()).isEqualTo(1);
            assertThat(first.getNextPaymentAttempt()).isEqualTo(seconds("2027-05-04T01:00:00Z"));

            stripe.advanceTo("2027-05-04T01:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getNextPaymentAttempt())
                    .isEqualTo(seconds("2027-05-09T01:00:00Z"));
            stripe.advanceTo("2027-05-09T01:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getNextPaymentAttempt())
                    .isEqualTo(seconds("2027-05-16T01:00:00Z"));
            stripe.advanceTo("2027-05-16T01:00:00Z");

            Invoice last = stripe.latestInvoice(subscription);
            assertThat(last.getAttemptCount()).isEqualTo(4);
            assertThat(last.getNextPaymentAttempt()).isNull();
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("canceled");
            List<Event> failures = stripe.events().stream()
                    .filter(event -> event.getType().equals("invoice.payment_failed"))
                    .toList();
            assertThat(failures)
                    .extracting(event -> ((Invoice) event.getDataObjectDeserializer()
                                    .getObject()
                                    .orElseThrow())
                            .getAttemptCount())
                    .containsExactly(1L, 2L, 3L, 4L);
            assertThat(failures).extracting(Event::getCreated).last().isEqualTo(seconds("2027-05-16T01:00:00Z"));
        }

        @Test
        void saysWhyTheBankRefused() throws StripeException {
            Subscription subscription = withCardThat(FAILS);
            stripe.advanceTo(FIRST_ATTEMPT);

            Charge charge = stripe.client
                    .v1()
                    .charges()
                    .list(ChargeListParams.builder()
                            .setPaymentIntent(intentOf(stripe.latestInvoice(subscription)))
                            .build())
                    .getData()
                    .getFirst();
            assertThat(charge.getStatus()).isEqualTo("failed");
            assertThat(charge.getFailureCode()).isEqualTo("card_declined");
            PaymentIntent intent = stripe.client.v1().paymentIntents().retrieve(charge.getPaymentIntent());
            assertThat(intent.getLastPaymentError().getDeclineCode()).isEqualTo("generic_decline");
        }

        @Test
        void leavesTheSubscriptionUnpaidWhereThatIsSet() throws StripeException {
            stripe.simulator.subscribers().dun(new Dunning(List.of(Duration.ofDays(1)), DunningEnd.UNPAID));
            Subscription subscription = withCardThat(FAILS);

            stripe.advanceTo("2027-05-02T01:00:00Z");
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("unpaid");
            stripe.advanceTo("2027-06-01T02:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("draft");
        }

        @Test
        void isMadeGoodByAnotherCardAtTheNextAttempt() throws StripeException {
            Subscription subscription = withCardThat(FAILS);
            stripe.advanceTo(FIRST_ATTEMPT);
            String _ = stripe.simulator.subscribers().changeCard(subscription.getId(), VISA);

            stripe.advanceTo("2027-05-04T01:00:00Z");

            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
        }

        @Test
        void isPaidByTheApiOrRefusedWithACardError() throws StripeException {
            Subscription subscription = withCardThat(FAILS);
            stripe.advanceTo(FIRST_ATTEMPT);
            Invoice open = stripe.latestInvoice(subscription);

            CardException refused = catchThrowableOfType(
                    CardException.class, () -> stripe.client.v1().invoices().pay(open.getId()));
            assertThat(refused.getDeclineCode()).isEqualTo("generic_decline");
            String visa = stripe.card(subscription.getCustomer(), "pm_card_visa");
            Invoice paid = stripe.client
                    .v1()
                    .invoices()
                    .pay(
                            open.getId(),
                            InvoicePayParams.builder().setPaymentMethod(visa).build());

            assertThat(paid.getStatus()).isEqualTo("paid");
            assertThat(paid.getAttemptCount()).isEqualTo(1);
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
        }

        @Test
        void stopsWhenTheInvoiceIsVoided() throws StripeException {
            Subscription subscription = withCardThat(FAILS);
            stripe.advanceTo(FIRST_ATTEMPT);
            Invoice voided = stripe.client
                    .v1()
                    .invoices()
                    .voidInvoice(stripe.latestInvoice(subscription).getId());
            assertThat(voided.getStatus()).isEqualTo("void");

            stripe.advanceTo("2027-05-20T00:00:00Z");

            assertThat(stripe.invoice(voided.getId()).getAttemptCount()).isEqualTo(1);
            assertThat(stripe.eventTypes()).contains("invoice.voided", "payment_intent.canceled");
        }

        @Test
        void isForgivenWhenTheInvoiceIsWrittenOff() throws StripeException {
            Subscription subscription = withCardThat(FAILS);
            stripe.advanceTo(FIRST_ATTEMPT);

            Invoice written = stripe.client
                    .v1()
                    .invoices()
                    .markUncollectible(stripe.latestInvoice(subscription).getId());

            assertThat(written.getStatus()).isEqualTo("uncollectible");
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
        }
    }

    @Nested
    class ACardThatAsksItsHolder {
        @Test
        void waitsForThem() throws StripeException {
            Subscription subscription = withCardThat(ASKS);
            stripe.advanceTo(FIRST_ATTEMPT);
            assertThat(stripe.eventTypes()).contains("invoice.payment_action_required", "invoice.payment_failed");
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("past_due");

            assertThat(stripe.simulator.bank().authenticate(intentOf(stripe.latestInvoice(subscription))))
                    .isTrue();

            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
        }
    }

    @Nested
    class TheHostedPage {
        private final HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        private HttpResponse<String> post(String url, String form) throws IOException, InterruptedException {
            return browser.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        private HttpResponse<String> get(String url) throws IOException, InterruptedException {
            return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }

        private static String card(String number) {
            return "number=" + number + "&expiry=12/34&cvc=123&name=Ada";
        }

        @Test
        void takesAnotherCardWhichIsThenTheSubscriptions() throws Exception {
            Subscription subscription = withCardThat(FAILS);
            String before = stripe.reload(subscription).getDefaultPaymentMethod();
            stripe.advanceTo(FIRST_ATTEMPT);
            String page = stripe.latestInvoice(subscription).getHostedInvoiceUrl();

            assertThat(get(page).body()).contains("$10.00");
            assertThat(post(page, card("4000000000000002")).statusCode()).isEqualTo(402);
            assertThat(post(page, card(VISA)).body()).contains("This invoice is paid");

            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
            assertThat(stripe.reload(subscription).getDefaultPaymentMethod()).isNotEqualTo(before);
            stripe.advanceTo("2027-06-01T01:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
            assertThat(get(stripe.latestInvoice(subscription).getInvoicePdf()).body())
                    .startsWith("%PDF-");
        }

        @Test
        void sendsAHolderWhoIsAskedToTheirBank() throws Exception {
            Subscription subscription = withCardThat(FAILS);
            stripe.advanceTo(FIRST_ATTEMPT);
            String page = stripe.latestInvoice(subscription).getHostedInvoiceUrl();

            HttpResponse<String> asked = post(page, card(ASKS));
            assertThat(asked.body()).contains("Your bank asks");
            assertThat(post(asked.uri().toString(), "answer=approve").body()).contains("went through");

            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
        }

        @Test
        void ofCheckoutBeginsSubscriptionsToo() throws Exception {
            var session = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(Subscribed.checkout(stripe.monthly(900)).build());
            assertThat(get(session.getUrl()).body()).contains("$9.00");

            HttpClient still = HttpClient.newHttpClient();
            HttpResponse<String> paid = still.send(
                    HttpRequest.newBuilder(URI.create(session.getUrl()))
                            .POST(HttpRequest.BodyPublishers.ofString(card(VISA)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(paid.statusCode()).isEqualTo(303);
            assertThat(stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .retrieve(session.getId())
                            .getSubscription())
                    .startsWith("sub_");
        }
    }

    @Nested
    class APause {
        private void pause(Subscription subscription, SubscriptionUpdateParams.PauseCollection.Behavior behavior)
                throws StripeException {
            Subscription paused = stripe.client
                    .v1()
                    .subscriptions()
                    .update(
                            subscription.getId(),
                            SubscriptionUpdateParams.builder()
                                    .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                            .setBehavior(behavior)
                                            .build())
                                    .build());
            assertThat(paused.getStatus()).isEqualTo("active");
        }

        @Test
        void voidsWhatFallsDueUntilItEnds() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            pause(subscription, SubscriptionUpdateParams.PauseCollection.Behavior.VOID);
            stripe.advanceTo("2027-05-01T02:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("void");

            Subscription _ = stripe.client
                    .v1()
                    .subscriptions()
                    .update(
                            subscription.getId(),
                            SubscriptionUpdateParams.builder()
                                    .setPauseCollection(EmptyParam.EMPTY)
                                    .build());

            assertThat(stripe.reload(subscription).getPauseCollection()).isNull();
            stripe.advanceTo("2027-06-01T02:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
        }

        @Test
        void keepsDraftsWhereAsked() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            pause(subscription, SubscriptionUpdateParams.PauseCollection.Behavior.KEEP_AS_DRAFT);

            stripe.advanceTo("2027-05-20T00:00:00Z");

            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("draft");
        }

        @Test
        void endsByItselfWhereAsked() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            Subscription _ = stripe.client
                    .v1()
                    .subscriptions()
                    .update(
                            subscription.getId(),
                            SubscriptionUpdateParams.builder()
                                    .setPauseCollection(SubscriptionUpdateParams.PauseCollection.builder()
                                            .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.VOID)
                                            .setResumesAt(seconds("2027-04-20T00:00:00Z"))
                                            .build())
                                    .build());

            stripe.advanceTo("2027-05-01T01:00:00Z");

            assertThat(stripe.reload(subscription).getPauseCollection()).isNull();
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
        }
    }

    @Test
    void aChargeOfAnInvoiceIsRefundedAndDisputedAsAnyOther() throws StripeException {
        Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
        String intent = intentOf(stripe.latestInvoice(subscription));

        var refund = stripe.client
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(intent)
                        .setAmount(400L)
                        .build());
        String dispute = stripe.simulator.bank().dispute(intent, 600, "fraudulent", DisputeStart.NEEDS_RESPONSE);

        assertThat(refund.getStatus()).isEqualTo("succeeded");
        assertThat(stripe.client.v1().disputes().retrieve(dispute).getAmount()).isEqualTo(600);
        assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
    }
}
