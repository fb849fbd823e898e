package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Subscription;
import com.stripe.net.ApiResource;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.SubscriptionRetrieveParams;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything that subscriptions with eventful lives send and show is what stripe-java's models have a place for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubscriptionShapesTest {
    private static final Map<String, Set<String>> WORDS = Map.of(
            "subscription",
                    Set.of(
                            "incomplete",
                            "incomplete_expired",
                            "trialing",
                            "active",
                            "past_due",
                            "unpaid",
                            "canceled",
                            "paused"),
            "invoice", Set.of("draft", "open", "paid", "void", "uncollectible"),
            "invoice_payment", Set.of("open", "paid", "canceled"));

    private final Subscribed stripe = new Subscribed("2027-04-01T00:00:00Z");
    private String lived = "";

    /** All within a month, or the events would be forgotten. */
    @BeforeAll
    void live() throws StripeException {
        Subscribers subscribers = stripe.simulator.subscribers();
        subscribers.dun(new Dunning(List.of(Duration.ofDays(1)), DunningEnd.CANCEL));
        String weekly = stripe.price(1_000, PriceCreateParams.Recurring.Interval.WEEK);
        lived = stripe.subscribe("pm_card_visa", weekly).getId();
        subscribers.changePlan(lived, stripe.price(2_000, PriceCreateParams.Recurring.Interval.WEEK));
        stripe.advance(Duration.ofDays(2));
        String _ = subscribers.changeCard(lived, "4000000000000341");
        subscribers.changePlan(lived, stripe.price(9_000, PriceCreateParams.Recurring.Interval.WEEK));
        stripe.advance(Duration.ofDays(1));
        subscribers.cancelAtPeriodEnd(lived);
        subscribers.keep(lived);
        stripe.advance(Duration.ofDays(6));
        Subscription _ = stripe.client
                .v1()
                .subscriptions()
                .create(Subscribed.to(stripe.customer("pm_card_visa").getId(), weekly)
                        .setTrialPeriodDays(4L)
                        .build());
        stripe.advance(Duration.ofDays(8));
    }

    @AfterAll
    void stop() {
        stripe.close();
    }

    @Test
    void theirEventsHaveOnlyKnownFields() throws StripeException {
        List<Event> events = stripe.events();
        assertThat(events)
                .extracting(Event::getType)
                .contains(
                        "customer.subscription.created",
                        "customer.subscription.updated",
                        "customer.subscription.deleted",
                        "customer.subscription.trial_will_end",
                        "customer.subscription.pending_update_expired",
                        "invoice.created",
                        "invoice.finalized",
                        "invoice.paid",
                        "invoice.payment_failed",
                        "invoice.voided",
                        "invoice_payment.paid");
        for (Event event : events) {
            JsonObject raw = JsonParser.parseString(
                            event.getDataObjectDeserializer().getRawJson())
                    .getAsJsonObject();
            Object parsed = event.getDataObjectDeserializer().getObject().orElseThrow();
            assertThat(KnownFields.unknownIn(raw, parsed.getClass()))
                    .as(event.getType())
                    .isEmpty();
            Set<String> words = WORDS.get(raw.get("object").getAsString());
            if (words != null) {
                assertThat(words).contains(raw.get("status").getAsString());
            }
        }
    }

    @Test
    void theyAreShownExpandedWithOnlyKnownFields() throws StripeException {
        Subscription subscription = stripe.client
                .v1()
                .subscriptions()
                .retrieve(
                        lived,
                        SubscriptionRetrieveParams.builder()
                                .addExpand("latest_invoice.payments")
                                .addExpand("items.data.price.product")
                                .addExpand("default_payment_method")
                                .addExpand("customer")
                                .build());

        assertThat(KnownFields.unknownIn(raw(subscription), Subscription.class)).isEmpty();
        assertThat(subscription.getLatestInvoiceObject().getPayments().getData())
                .hasSize(1);
        assertThat(subscription
                        .getItems()
                        .getData()
                        .getFirst()
                        .getPrice()
                        .getProductObject()
                        .getName())
                .startsWith("Plan");
        InvoicePayment payment =
                subscription.getLatestInvoiceObject().getPayments().getData().getFirst();
        assertThat(payment.getInvoice()).isEqualTo(subscription.getLatestInvoice());
    }

    @Test
    void aPreviewHasOnlyKnownFields() throws StripeException {
        String running = stripe.subscribe("pm_card_visa", stripe.monthly(700)).getId();
        Invoice preview = stripe.client
                .v1()
                .invoices()
                .createPreview(InvoiceCreatePreviewParams.builder()
                        .setSubscription(running)
                        .build());

        assertThat(KnownFields.unknownIn(raw(preview), Invoice.class)).isEmpty();
        assertThat(preview.getId()).startsWith("upcoming_in_");
        assertThat(preview.getTotal()).isEqualTo(700);
    }

    private static JsonObject raw(ApiResource object) {
        return object.getRawJsonObject();
    }

    @Test
    void theControlApiDoesWhatSubscribersDo() throws Exception {
        String running = stripe.subscribe("pm_card_visa", stripe.monthly(1_000)).getId();
        String dearer = stripe.monthly(3_000);

        assertThat(control("invoices/all/dun", "{\"waitSeconds\": [86400], \"end\": \"cancel\"}"))
                .contains("all");
        assertThat(control("subscriptions/" + running + "/plan", "{\"price\": \"" + dearer + "\"}"))
                .contains(running);
        assertThat(control("subscriptions/" + running + "/end", "")).contains(running);
        assertThat(control("subscriptions/" + running + "/keep", "")).contains(running);
        assertThat(control("subscriptions/" + running + "/card", "{\"card\": \"4000000000000341\"}"))
                .contains("pm_");
        stripe.advance(Duration.ofDays(31).plusHours(2));
        String open = stripe.simulator.subscribers().invoices(running).getLast();
        assertThat(control("invoices/" + open + "/pay", "{\"card\": \"4000000000000002\"}"))
                .contains("false");
        assertThat(control("invoices/" + open + "/pay", "")).contains("true");
        assertThat(control("subscriptions/" + running + "/cancel", "")).contains(running);

        Subscription ended = stripe.client.v1().subscriptions().retrieve(running);
        assertThat(ended.getStatus()).isEqualTo("canceled");
        assertThat(ended.getItems().getData().getFirst().getPrice().getId()).isEqualTo(dearer);
        assertThat(Instant.ofEpochSecond(ended.getEndedAt())).isEqualTo(stripe.simulator.now());
    }

    private String control(String call, String body) throws Exception {
        URI uri = stripe.at("/_fake/" + call);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
