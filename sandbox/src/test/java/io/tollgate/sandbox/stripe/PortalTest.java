package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.model.billingportal.Configuration;
import com.stripe.model.billingportal.Session;
import com.stripe.param.billingportal.ConfigurationCreateParams;
import com.stripe.param.billingportal.ConfigurationCreateParams.Features;
import com.stripe.param.billingportal.ConfigurationUpdateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The portal, set up through the API and used as a browser would. */
class PortalTest {
    private final Subscribed stripe = new Subscribed("2026-01-15T12:00:00Z");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        http.close();
        stripe.close();
    }

    private static Features.Builder all() {
        return Features.builder()
                .setInvoiceHistory(
                        Features.InvoiceHistory.builder().setEnabled(true).build())
                .setPaymentMethodUpdate(
                        Features.PaymentMethodUpdate.builder().setEnabled(true).build())
                .setSubscriptionCancel(
                        Features.SubscriptionCancel.builder().setEnabled(true).build());
    }

    private Features.SubscriptionUpdate.Builder changesTo(String price) throws StripeException {
        Price found = stripe.client.v1().prices().retrieve(price);
        return Features.SubscriptionUpdate.builder()
                .setEnabled(true)
                .addDefaultAllowedUpdate(Features.SubscriptionUpdate.DefaultAllowedUpdate.PRICE)
                .setProrationBehavior(Features.SubscriptionUpdate.ProrationBehavior.ALWAYS_INVOICE)
                .addProduct(Features.SubscriptionUpdate.Product.builder()
                        .setProduct(found.getProduct())
                        .addPrice(price)
                        .build());
    }

    private Configuration configuration(Features.Builder features) throws StripeException {
        return stripe.client
                .v1()
                .billingPortal()
                .configurations()
                .create(ConfigurationCreateParams.builder()
                        .setFeatures(features.build())
                        .build());
    }

    private Session session(Subscription subscription, Configuration configuration) throws StripeException {
        return stripe.client
                .v1()
                .billingPortal()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setCustomer(subscription.getCustomer())
                        .setConfiguration(configuration.getId())
                        .setReturnUrl("https://example.com/account?a=1&b=2")
                        .build());
    }

    private String page(Session session) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(session.getUrl())).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> submit(Session session, Map<String, String> fields) throws Exception {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return http.send(
                HttpRequest.newBuilder(URI.create(session.getUrl()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String priceOf(Subscription subscription) {
        return subscription.getItems().getData().getFirst().getPrice().getId();
    }

    @Nested
    class Configurations {
        @Test
        void areKeptListedAndChanged() throws StripeException {
            Configuration made = configuration(all());

            Configuration changed = stripe.client
                    .v1()
                    .billingPortal()
                    .configurations()
                    .update(
                            made.getId(),
                            ConfigurationUpdateParams.builder()
                                    .setActive(false)
                                    .setDefaultReturnUrl("https://example.com/account")
                                    .build());

            assertThat(made.getFeatures().getSubscriptionCancel().getMode()).isEqualTo("at_period_end");
            assertThat(made.getFeatures().getSubscriptionUpdate().getEnabled()).isFalse();
            assertThat(changed.getActive()).isFalse();
            assertThat(changed.getFeatures().getInvoiceHistory().getEnabled()).isTrue();
            assertThat(stripe.client
                            .v1()
                            .billingPortal()
                            .configurations()
                            .list()
                            .getData())
                    .extracting(Configuration::getId)
                    .containsExactly(made.getId());
            assertThat(stripe.eventTypes())
                    .containsExactly("billing_portal.configuration.created", "billing_portal.configuration.updated");
            assertThat(KnownFields.unknownIn(made.getRawJsonObject(), Configuration.class))
                    .isEmpty();
        }
    }

    @Nested
    class Sessions {
        @Test
        void letACustomerInAndBackOut() throws Exception {
            Session session = session(stripe.subscribe("pm_card_visa", stripe.monthly(5_000)), configuration(all()));

            assertThat(session.getUrl()).startsWith(stripe.at("/p/session/").toString());
            assertThat(KnownFields.unknownIn(session.getRawJsonObject(), Session.class))
                    .isEmpty();
            assertThat(page(session))
                    .contains("Plan 5000 $50.00 / month", "Renews on 2026-02-15", "Cancel the plan", "Replace the card")
                    .contains("href=\"https://example.com/account?a=1&amp;b=2\"");
        }

        @Test
        void needACustomerThatExists() {
            InvalidRequestException refused = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> stripe.client
                            .v1()
                            .billingPortal()
                            .sessions()
                            .create(SessionCreateParams.builder()
                                    .setCustomer("cus_nobody")
                                    .build()));

            assertThat(refused.getStatusCode()).isEqualTo(400);
            assertThat(refused.getCode()).isEqualTo("resource_missing");
            assertThat(refused.getParam()).isEqualTo("customer");
        }

        @Test
        void areAboutTheCustomersOwnSubscriptions() throws StripeException {
            Subscription other = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            String customer = stripe.customer("pm_card_visa").getId();
            SessionCreateParams params = SessionCreateParams.builder()
                    .setCustomer(customer)
                    .setFlowData(SessionCreateParams.FlowData.builder()
                            .setType(SessionCreateParams.FlowData.Type.SUBSCRIPTION_CANCEL)
                            .setSubscriptionCancel(SessionCreateParams.FlowData.SubscriptionCancel.builder()
                                    .setSubscription(other.getId())
                                    .build())
                            .build())
                    .build();

            assertThat(catchThrowableOfType(
                                    InvalidRequestException.class,
                                    () -> stripe.client
                                            .v1()
                                            .billingPortal()
                                            .sessions()
                                            .create(params))
                            .getCode())
                    .isEqualTo("resource_missing");
        }
    }

    @Nested
    class Customers {
        @Test
        void changeToADearerPlanAtOnce() throws Exception {
            String large = stripe.monthly(5_000);
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(1_000));
            Session session = session(
                    subscription,
                    configuration(all().setSubscriptionUpdate(changesTo(large).build())));
            assertThat(page(session)).contains("Change to Plan 5000 $50.00 / month");

            HttpResponse<String> done =
                    submit(session, Map.of("action", "change", "subscription", subscription.getId(), "price", large));

            assertThat(done.statusCode()).isEqualTo(303);
            assertThat(priceOf(stripe.reload(subscription))).isEqualTo(large);
            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(4_000);
            assertThat(stripe.latestInvoice(subscription).getStatus()).isEqualTo("paid");
        }

        @Test
        void changeToACheaperPlanAtPeriodEndUnlessTheyThinkBetterOfIt() throws Exception {
            String small = stripe.monthly(1_000);
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            Session session = session(
                    subscription,
                    configuration(all().setSubscriptionUpdate(changesTo(small)
                            .setScheduleAtPeriodEnd(Features.SubscriptionUpdate.ScheduleAtPeriodEnd.builder()
                                    .addCondition(Features.SubscriptionUpdate.ScheduleAtPeriodEnd.Condition.builder()
                                            .setType(
                                                    Features.SubscriptionUpdate.ScheduleAtPeriodEnd.Condition.Type
                                                            .DECREASING_ITEM_AMOUNT)
                                            .build())
                                    .build())
                            .build())));
            Map<String, String> change =
                    Map.of("action", "change", "subscription", subscription.getId(), "price", small);

            submit(session, change);
            assertThat(page(session)).contains("Changes on 2026-02-15");
            submit(session, Map.of("action", "keep", "subscription", subscription.getId()));
            assertThat(stripe.reload(subscription).getSchedule()).isNull();
            submit(session, change);
            stripe.advanceTo("2026-02-15T14:00:00Z");

            assertThat(priceOf(stripe.reload(subscription))).isEqualTo(small);
            assertThat(stripe.latestInvoice(subscription).getTotal()).isEqualTo(1_000);
        }

        @Test
        void cancelAtPeriodEndAndComeBack() throws Exception {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            Session session = session(subscription, configuration(all()));

            submit(session, Map.of("action", "cancel", "subscription", subscription.getId()));
            assertThat(stripe.reload(subscription).getCancelAtPeriodEnd()).isTrue();
            assertThat(page(session)).contains("Ends on 2026-02-15", "Keep the current plan");
            submit(session, Map.of("action", "keep", "subscription", subscription.getId()));

            assertThat(stripe.reload(subscription).getCancelAtPeriodEnd()).isFalse();
            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("active");
        }

        @Test
        void cancelAtOnceWhereThatIsOffered() throws Exception {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            Session session = session(
                    subscription,
                    configuration(all().setSubscriptionCancel(Features.SubscriptionCancel.builder()
                            .setEnabled(true)
                            .setMode(Features.SubscriptionCancel.Mode.IMMEDIATELY)
                            .build())));

            submit(session, Map.of("action", "cancel", "subscription", subscription.getId()));

            assertThat(stripe.reload(subscription).getStatus()).isEqualTo("canceled");
            assertThat(page(session)).contains("You have no subscription.");
        }

        @Test
        void replaceTheirCard() throws Exception {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            Session session = session(subscription, configuration(all()));

            submit(
                    session,
                    Map.of("action", "card", "number", "5555 5555 5555 4444", "expiry", "12 / 34", "cvc", "123"));

            String method = stripe.reload(subscription).getDefaultPaymentMethod();
            assertThat(stripe.client
                            .v1()
                            .paymentMethods()
                            .retrieve(method)
                            .getCard()
                            .getBrand())
                    .isEqualTo("mastercard");
            assertThat(stripe.client
                            .v1()
                            .customers()
                            .retrieve(subscription.getCustomer())
                            .getInvoiceSettings()
                            .getDefaultPaymentMethod())
                    .isEqualTo(method);
        }

        @Test
        void areToldWhyACardIsNotTaken() throws Exception {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            Session session = session(subscription, configuration(all()));

            HttpResponse<String> refused = submit(
                    session,
                    Map.of("action", "card", "number", SimulatedStripe.DECLINED, "expiry", "12 / 34", "cvc", "123"));

            assertThat(refused.statusCode()).isEqualTo(402);
            assertThat(refused.body()).contains("Your card was declined.");
        }

        @Test
        void doOnlyWhatIsOffered() throws Exception {
            Subscription subscription = stripe.subscribe("pm_card_visa", stripe.monthly(5_000));
            Session session = session(
                    subscription,
                    configuration(Features.builder()
                            .setInvoiceHistory(Features.InvoiceHistory.builder()
                                    .setEnabled(true)
                                    .build())));

            HttpResponse<String> refused =
                    submit(session, Map.of("action", "cancel", "subscription", subscription.getId()));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(page(session)).doesNotContain("Cancel the plan", "Replace the card");
            assertThat(stripe.reload(subscription).getCancelAtPeriodEnd()).isFalse();
        }
    }
}
