package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Subscriptions from their beginning to their end, through stripe-java. */
class SubscriptionsTest {
    private final Subscribed stripe = new Subscribed("2027-01-31T12:00:00Z");

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Nested
    class Beginning {
        @Test
        void chargesTheFirstPeriodAtOnce() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));

            assertThat(subscription.getStatus()).isEqualTo("active");
            assertThat(Subscribed.period(subscription))
                    .isEqualTo(Subscribed.periodOf("2027-01-31T12:00:00Z", "2027-02-28T12:00:00Z"));
            Invoice invoice = stripe.latestInvoice(subscription);
            assertThat(invoice.getStatus()).isEqualTo("paid");
            assertThat(invoice.getBillingReason()).isEqualTo("subscription_create");
            assertThat(invoice.getAmountPaid()).isEqualTo(1_000);
            assertThat(invoice.getParent().getSubscriptionDetails().getSubscription())
                    .isEqualTo(subscription.getId());
            var line = invoice.getLines().getData().getFirst();
            assertThat(new Period(line.getPeriod().getStart(), line.getPeriod().getEnd()))
                    .isEqualTo(Subscribed.period(subscription));
            assertThat(line.getPricing().getPriceDetails().getPrice())
                    .isEqualTo(subscription
                            .getItems()
                            .getData()
                            .getFirst()
                            .getPrice()
                            .getId());
            assertThat(line.getParent().getSubscriptionItemDetails().getSubscription())
                    .isEqualTo(subscription.getId());
        }

        @Test
        void tellsWhichIntentPaidTheInvoiceAndWhichInvoiceAnIntentPaid() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));

            Invoice invoice = stripe.client
                    .v1()
                    .invoices()
                    .retrieve(
                            subscription.getLatestInvoice(),
                            InvoiceRetrieveParams.builder()
                                    .addExpand("payments.data.payment.payment_intent")
                                    .build());
            InvoicePayment payment = invoice.getPayments().getData().getFirst();
            assertThat(payment.getStatus()).isEqualTo("paid");
            assertThat(payment.getPayment().getPaymentIntentObject().getStatus())
                    .isEqualTo("succeeded");

            InvoicePayment found = stripe.client
                    .v1()
                    .invoicePayments()
                    .list(InvoicePaymentListParams.builder()
                            .setPayment(InvoicePaymentListParams.Payment.builder()
                                    .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                                    .setPaymentIntent(payment.getPayment().getPaymentIntent())
                                    .build())
                            .build())
                    .getData()
                    .getFirst();
            assertThat(found.getInvoice()).isEqualTo(invoice.getId());
        }

        @Test
        void isIncompleteWhenTheCardIsDeclinedAndExpiresAfterADay() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_chargeCustomerFail", stripe.monthly(1_000));
            assertThat(subscription.getStatus()).isEqualTo("incomplete");
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("open");

            stripe.advance(Duration.ofHours(23));

            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("incomplete_expired");
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("void");
        }

        @Test
        void doesNotHappenWhenThePaymentMustNotBeIncomplete() throws StripeException {
            String customer = stripe.customer("pm_card_chargeCustomerFail").getId();
            String price = stripe.monthly(1_000);

            CardException refused = catchThrowableOfType(
                    CardException.class,
                    () -> stripe.client
                            .v1()
                            .subscriptions()
                            .create(Subscribed.to(customer, price)
                                    .setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)
                                    .build()));

            assertThat(refused.getStatusCode()).isEqualTo(402);
            assertThat(stripe.client
                            .v1()
                            .subscriptions()
                            .list(SubscriptionListParams.builder()
                                    .setCustomer(customer)
                                    .build())
                            .getData())
                    .isEmpty();
        }

        @Test
        void waitsForAPaymentOfItsOwnWhereAsked() throws StripeException {
            String customer = stripe.client.v1().customers().create().getId();
            Subscription subscription = stripe.client
                    .v1()
                    .subscriptions()
                    .create(Subscribed.to(customer, stripe.monthly(1_000))
                            .setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.DEFAULT_INCOMPLETE)
                            .setPaymentSettings(SubscriptionCreateParams.PaymentSettings.builder()
                                    .setSaveDefaultPaymentMethod(
                                            SubscriptionCreateParams.PaymentSettings.SaveDefaultPaymentMethod
                                                    .ON_SUBSCRIPTION)
                                    .build())
                            .addExpand("latest_invoice.confirmation_secret")
                            .build());
            assertThat(subscription.getStatus()).isEqualTo("incomplete");
            String secret = subscription
                    .getLatestInvoiceObject()
                    .getConfirmationSecret()
                    .getClientSecret();

            var _ = stripe.client
                    .v1()
                    .paymentIntents()
                    .confirm(
                            secret.substring(0, secret.indexOf("_secret_")),
                            PaymentIntentConfirmParams.builder()
                                    .setPaymentMethod("pm_card_visa")
                                    .build());

            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
            stripe.advanceTo("2027-02-28T13:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
        }

        @Test
        void paysItsShareUpToAnAnchorOfItsOwn() throws StripeException {
            String customer = stripe.customer("pm_card_visa").getId();
            Subscription subscription = stripe.client
                    .v1()
                    .subscriptions()
                    .create(Subscribed.to(customer, stripe.monthly(2_800))
                            .setBillingCycleAnchor(
                                    Instant.parse("2027-02-15T12:00:00Z").getEpochSecond())
                            .build());

            assertThat(Subscribed.period(subscription))
                    .isEqualTo(Subscribed.periodOf("2027-01-31T12:00:00Z", "2027-02-15T12:00:00Z"));
            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(Math.round(2_800 * 15 / 31.0));
            stripe.advanceTo("2027-02-15T13:00:00Z");
            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(2_800);
        }

        @Test
        void waitsForACardholderWhomTheBankAsks() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_authenticationRequired", stripe.monthly(1_000));
            assertThat(subscription.getStatus()).isEqualTo("incomplete");
            String intent = stripe.client
                    .v1()
                    .invoicePayments()
                    .list(InvoicePaymentListParams.builder()
                            .setInvoice(subscription.getLatestInvoice())
                            .build())
                    .getData()
                    .getFirst()
                    .getPayment()
                    .getPaymentIntent();

            assertThat(stripe.simulator.bank().authenticate(intent)).isTrue();

            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
        }

        @Test
        void needsACard() throws StripeException {
            String customer = stripe.client.v1().customers().create().getId();
            String price = stripe.monthly(1_000);

            assertThatThrownBy(() -> stripe.client
                            .v1()
                            .subscriptions()
                            .create(Subscribed.to(customer, price).build()))
                    .isInstanceOf(InvalidRequestException.class);
        }

        @Test
        void tellsEverythingInOrderAndReadably() throws StripeException {
            Subscription _ = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));

            assertThat(stripe.events())
                    .allSatisfy(event -> assertThat(
                                    event.getDataObjectDeserializer().getObject())
                            .as(event.getType())
                            .isPresent());
            assertThat(stripe.eventTypes())
                    .containsSubsequence(
                            "customer.subscription.created",
                            "invoice.created",
                            "payment_intent.created",
                            "invoice.finalized",
                            "charge.succeeded",
                            "payment_intent.succeeded",
                            "invoice.paid",
                            "invoice.payment_succeeded",
                            "invoice_payment.paid",
                            "customer.subscription.updated");
        }
    }

    @Nested
    class Checkout {
        @Test
        void beginsASubscription() throws StripeException {
            Session session = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(Subscribed.checkout(stripe.monthly(900))
                            .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                                    .putMetadata("order", "1")
                                    .build())
                            .build());
            assertThat(session.getAmountTotal()).isEqualTo(900);

            assertThat(stripe.simulator.pay(session.getId(), SimulatedStripe.DECLINED))
                    .isInstanceOf(CheckoutResult.Declined.class);
            assertThat(stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .retrieve(session.getId())
                            .getStatus())
                    .isEqualTo("open");
            assertThat(stripe.simulator.pay(session.getId(), SimulatedStripe.VISA))
                    .isInstanceOf(CheckoutResult.Paid.class);

            Session paid = stripe.client.v1().checkout().sessions().retrieve(session.getId());
            assertThat(paid.getStatus()).isEqualTo("complete");
            assertThat(paid.getPaymentStatus()).isEqualTo("paid");
            assertThat(stripe.invoice(paid.getInvoice()).getAmountPaid()).isEqualTo(900);
            Subscription subscription = stripe.client.v1().subscriptions().retrieve(paid.getSubscription());
            assertThat(subscription.getStatus()).isEqualTo("active");
            assertThat(subscription.getMetadata()).containsEntry("order", "1");
            assertThat(subscription.getCustomer()).isEqualTo(paid.getCustomer());
            assertThat(subscription.getDefaultPaymentMethod()).startsWith("pm_");
            assertThat(stripe.eventTypes())
                    .containsSubsequence("customer.subscription.created", "invoice.paid", "checkout.session.completed");
        }

        @Test
        void beginsATrialForNothing() throws StripeException {
            Session session = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(Subscribed.checkout(stripe.monthly(900))
                            .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                                    .setTrialPeriodDays(14L)
                                    .build())
                            .build());
            assertThat(session.getAmountTotal()).isZero();

            assertThat(stripe.simulator.pay(session.getId(), SimulatedStripe.VISA))
                    .isInstanceOf(CheckoutResult.Paid.class);

            Session paid = stripe.client.v1().checkout().sessions().retrieve(session.getId());
            assertThat(paid.getPaymentStatus()).isEqualTo("no_payment_required");
            Subscription subscription = stripe.client.v1().subscriptions().retrieve(paid.getSubscription());
            assertThat(subscription.getStatus()).isEqualTo("trialing");
            assertThat(Subscribed.period(subscription))
                    .isEqualTo(Subscribed.periodOf("2027-01-31T12:00:00Z", "2027-02-14T12:00:00Z"));
            Invoice invoice = stripe.latestInvoice(subscription);
            assertThat(invoice.getTotal()).isZero();
            assertThat(invoice.getStatus()).isEqualTo("paid");
        }

        @Test
        void carriesTaxAndDiscountOnToTheInvoices() throws StripeException {
            String coupon = stripe.client
                    .v1()
                    .coupons()
                    .create(CouponCreateParams.builder()
                            .setPercentOff(BigDecimal.valueOf(50))
                            .setDuration(CouponCreateParams.Duration.ONCE)
                            .build())
                    .getId();
            Session session = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(Subscribed.checkout(stripe.monthly(1_000))
                            .setAutomaticTax(SessionCreateParams.AutomaticTax.builder()
                                    .setEnabled(true)
                                    .build())
                            .addDiscount(SessionCreateParams.Discount.builder()
                                    .setCoupon(coupon)
                                    .build())
                            .build());
            assertThat(session.getAmountTotal()).isEqualTo(550);
            CheckoutResult _ = stripe.simulator.pay(session.getId(), SimulatedStripe.VISA);

            Session paid = stripe.client.v1().checkout().sessions().retrieve(session.getId());
            Invoice first = stripe.invoice(paid.getInvoice());
            assertThat(first.getAmountPaid()).isEqualTo(550);
            assertThat(first.getTotalTaxes().getFirst().getAmount()).isEqualTo(50);
            stripe.advanceTo("2027-02-28T13:00:00Z");
            Subscription subscription = stripe.client.v1().subscriptions().retrieve(paid.getSubscription());
            assertThat(stripe.latestInvoice(subscription).getAmountPaid()).isEqualTo(1_100);
        }

        @Test
        void ofAOneOffPaymentGivesAnInvoiceWhereAsked() throws StripeException {
            Session session = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(SimulatedStripe.nineDollars()
                            .setInvoiceCreation(SessionCreateParams.InvoiceCreation.builder()
                                    .setEnabled(true)
                                    .setInvoiceData(SessionCreateParams.InvoiceCreation.InvoiceData.builder()
                                            .putMetadata("order", "1")
                                            .build())
                                    .build())
                            .build());
            CheckoutResult result = stripe.simulator.pay(session.getId(), SimulatedStripe.VISA);

            Session paid = stripe.client.v1().checkout().sessions().retrieve(session.getId());
            Invoice invoice = stripe.client
                    .v1()
                    .invoices()
                    .retrieve(
                            paid.getInvoice(),
                            InvoiceRetrieveParams.builder()
                                    .addExpand("payments")
                                    .build());
            assertThat(invoice.getStatus()).isEqualTo("paid");
            assertThat(invoice.getAmountPaid()).isEqualTo(900);
            assertThat(invoice.getMetadata()).containsEntry("order", "1");
            assertThat(invoice.getParent()).isNull();
            assertThat(invoice.getPayments().getData().getFirst().getPayment().getPaymentIntent())
                    .isEqualTo(((CheckoutResult.Paid) result).paymentIntent());
            assertThat(stripe.eventTypes()).containsSubsequence("invoice.paid", "checkout.session.completed");
        }
    }

    @Nested
    class Renewing {
        @Test
        void keepsToTheDayOfTheAnchorWhereTheMonthHasIt() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));

            stripe.advanceTo("2027-02-28T12:00:00Z");
            assertThat(Subscribed.period(stripe.reload(subscription)))
                    .isEqualTo(Subscribed.periodOf("2027-02-28T12:00:00Z", "2027-03-31T12:00:00Z"));
            stripe.advanceTo("2027-03-31T12:00:00Z");
            assertThat(Subscribed.period(stripe.reload(subscription)))
                    .isEqualTo(Subscribed.periodOf("2027-03-31T12:00:00Z", "2027-04-30T12:00:00Z"));
        }

        @Test
        void draftsAtOnceAndCollectsAfterAnHour() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));

            stripe.advanceTo("2027-02-28T12:59:59Z");
            Invoice draft = stripe.latestInvoice(subscription);
            assertThat(draft.getStatus()).isEqualTo("draft");
            assertThat(draft.getBillingReason()).isEqualTo("subscription_cycle");
            stripe.advanceTo("2027-02-28T13:00:00Z");

            Invoice paid = stripe.latestInvoice(subscription);
            assertThat(paid.getId()).isEqualTo(draft.getId());
            assertThat(paid.getStatus()).isEqualTo("paid");
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
        }

        @Test
        void goesOnForYearsQuicklyAndToTheSecond() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));

            stripe.advanceTo("2037-01-31T13:00:00Z");

            var invoices = stripe.invoices(subscription);
            assertThat(invoices).hasSize(121).allMatch(invoice -> invoice.getAmountPaid() == 1_000);
            assertThat(invoices.getLast().getStatusTransitions().getPaidAt())
                    .isEqualTo(Instant.parse("2037-01-31T13:00:00Z").getEpochSecond());
        }

        @Test
        void startsAfterTheTrialWhoseEndIsToldThreeDaysBefore() throws StripeException {
            String customer = stripe.customer("pm_card_visa").getId();
            Subscription subscription = stripe.client
                    .v1()
                    .subscriptions()
                    .create(Subscribed.to(customer, stripe.monthly(1_000))
                            .setTrialPeriodDays(14L)
                            .build());
            stripe.advanceTo("2027-02-11T11:59:59Z");
            assertThat(stripe.eventTypes()).doesNotContain("customer.subscription.trial_will_end");

            stripe.advanceTo("2027-02-11T12:00:00Z");
            assertThat(stripe.eventTypes()).containsOnlyOnce("customer.subscription.trial_will_end");
            stripe.advanceTo("2027-02-14T13:00:00Z");

            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
            assertThat(Subscribed.period(stripe.reload(subscription)))
                    .isEqualTo(Subscribed.periodOf("2027-02-14T12:00:00Z", "2027-03-14T12:00:00Z"));
            Invoice invoice = stripe.latestInvoice(subscription);
            assertThat(invoice.getBillingReason()).isEqualTo("subscription_cycle");
            assertThat(invoice.getAmountPaid()).isEqualTo(1_000);
        }

        @Test
        void letsHundredsGoOnTogether() throws StripeException {
            String price = stripe.monthly(1_000);
            for (int i = 0; i < 200; i++) {
                Subscription _ = stripe.subscribe("pm_card_visa", price);
            }

            long begun = System.nanoTime();
            stripe.advanceTo("2029-01-31T13:00:00Z");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
            assertThat(stripe.simulator.eventIds("invoice.paid")).hasSize(200 * 25);
        }

        @Test
        void pausesAfterATrialWithoutACardWhereAskedAndIsResumed() throws StripeException {
            String customer = stripe.client.v1().customers().create().getId();
            Subscription subscription = stripe.client
                    .v1()
                    .subscriptions()
                    .create(Subscribed.to(customer, stripe.monthly(1_000))
                            .setTrialPeriodDays(7L)
                            .setTrialSettings(SubscriptionCreateParams.TrialSettings.builder()
                                    .setEndBehavior(SubscriptionCreateParams.TrialSettings.EndBehavior.builder()
                                            .setMissingPaymentMethod(
                                                    SubscriptionCreateParams.TrialSettings.EndBehavior
                                                            .MissingPaymentMethod.PAUSE)
                                            .build())
                                    .build())
                            .build());
            stripe.advance(Duration.ofDays(8));
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("paused");

            String _ = stripe.card(customer, "pm_card_visa");
            Subscription resumed = stripe.client.v1().subscriptions().resume(subscription.getId());

            assertThat(resumed.getStatus()).isEqualTo("active");
            assertThat(stripe.latestInvoice(subscription).getAmountPaid()).isEqualTo(1_000);
            assertThat(stripe.eventTypes()).contains("customer.subscription.paused", "customer.subscription.resumed");
        }

        @Test
        void endsWithTheCustomer() throws StripeException {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));

            var _ = stripe.client.v1().customers().delete(subscription.getCustomer());
            stripe.advance(Duration.ofDays(60));

            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("canceled");
            assertThat(stripe.invoices(subscription)).hasSize(1);
        }
    }
}
