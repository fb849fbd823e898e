package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.HasId;
import com.stripe.model.StripeObject;
import com.stripe.model.radar.EarlyFraudWarning;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.RawRequestOptions;
import com.stripe.param.EventListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import com.stripe.param.checkout.SessionCreateParams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything that a busy account sends and shows is what stripe-java's models have a place for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventShapesTest {
    private static final List<String> CARDS = List.of(
            SimulatedStripe.VISA,
            SimulatedStripe.DECLINED,
            "4000000000000259",
            "4000000000001976",
            "4000000000005423",
            "4000000000007726",
            "4000000000005126",
            "4000002760003184");

    /** The words that Stripe documents for the fields that handlers decide by. */
    private static final Map<String, Set<String>> WORDS = Map.of(
            "charge.status", Set.of("succeeded", "pending", "failed"),
            "checkout.session.status", Set.of("open", "complete", "expired"),
            "checkout.session.payment_status", Set.of("paid", "unpaid", "no_payment_required"),
            "dispute.status",
                    Set.of(
                            "lost",
                            "needs_response",
                            "prevented",
                            "under_review",
                            "warning_closed",
                            "warning_needs_response",
                            "warning_under_review",
                            "won"),
            "payment_intent.status",
                    Set.of(
                            "requires_payment_method",
                            "requires_confirmation",
                            "requires_action",
                            "processing",
                            "requires_capture",
                            "canceled",
                            "succeeded"),
            "refund.status", Set.of("pending", "requires_action", "succeeded", "failed", "canceled"),
            "refund.failure_reason",
                    Set.of(
                            "charge_for_pending_refund_disputed",
                            "declined",
                            "expired_or_canceled_card",
                            "insufficient_funds",
                            "lost_or_stolen_card",
                            "merchant_request",
                            "unknown"),
            "setup_intent.status",
                    Set.of(
                            "requires_payment_method",
                            "requires_confirmation",
                            "requires_action",
                            "processing",
                            "canceled",
                            "succeeded"),
            "radar.early_fraud_warning.fraud_type",
                    Set.of(
                            "card_never_received",
                            "fraudulent_card_application",
                            "made_with_counterfeit_card",
                            "made_with_lost_card",
                            "made_with_stolen_card",
                            "misc",
                            "unauthorized_use_of_card"));

    private final SimulatedStripe stripe = new SimulatedStripe();
    private final List<Event> events = new ArrayList<>();

    @BeforeAll
    void liveABusyDay() throws StripeException {
        for (String card : CARDS) {
            CheckoutResult result = stripe.simulator.pay(stripe.session().getId(), card);
            if (result instanceof CheckoutResult.Paid paid && !card.equals("4000000000000259")) {
                stripe.client
                        .v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setPaymentIntent(paid.paymentIntent())
                                .setAmount(300L)
                                .build());
            }
        }
        Bank bank = stripe.simulator.bank();
        List<String> disputes = ids("/v1/disputes");
        bank.escalateDispute(disputes.getFirst());
        bank.closeDispute(disputes.getFirst(), DisputeEnd.LOST);
        bank.closeDispute(disputes.getLast(), DisputeEnd.WON);
        for (DebitEnd end : DebitEnd.values()) {
            String session = stripe.session().getId();
            bank.debit(session);
            bank.endDebit(session, end);
        }
        stripe.simulator.expire(stripe.session().getId());
        saveACard();
        stripe.client
                .v1()
                .events()
                .list(EventListParams.builder().setLimit(100L).build())
                .autoPagingIterable()
                .forEach(events::add);
    }

    private void saveACard() throws StripeException {
        Customer customer = stripe.client.v1().customers().create();
        String session = stripe.client
                .v1()
                .checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SETUP)
                        .setCustomer(customer.getId())
                        .setCurrency("usd")
                        .setSuccessUrl("https://example.com/ok")
                        .build())
                .getId();
        stripe.simulator.pay(session, SimulatedStripe.DECLINED);
        stripe.simulator.pay(session, SimulatedStripe.VISA);
    }

    @AfterAll
    void stop() {
        stripe.close();
    }

    private JsonObject get(String path) throws StripeException {
        return JsonParser.parseString(stripe.client
                        .rawRequest(RequestMethod.GET, path + "?limit=100", null, (RawRequestOptions) null)
                        .body())
                .getAsJsonObject();
    }

    private List<String> ids(String path) throws StripeException {
        return get(path).getAsJsonArray("data").asList().stream()
                .map(it -> it.getAsJsonObject().get("id").getAsString())
                .toList();
    }

    private static StripeObject objectOf(Event event) {
        return event.getDataObjectDeserializer().getObject().orElseThrow();
    }

    @Test
    void everyEventHasATypeOfStripes() {
        Set<String> types =
                Arrays.stream(EnabledEvent.values()).map(EnabledEvent::getValue).collect(Collectors.toSet());

        assertThat(events).hasSizeGreaterThan(60).extracting(Event::getType).isSubsetOf(types);
    }

    @Test
    void everyObjectOfAnEventIsOneOfItsKind() {
        assertThat(events).allSatisfy(event -> {
            JsonObject sent = JsonParser.parseString(
                            event.getDataObjectDeserializer().getRawJson())
                    .getAsJsonObject();
            StripeObject object = objectOf(event);
            assertThat(((HasId) object).getId()).isEqualTo(sent.get("id").getAsString());
            assertThat(KnownFields.unknownIn(sent, object.getClass()))
                    .as(event.getType())
                    .isEmpty();
        });
    }

    @Test
    void everyListedObjectHasKnownFieldsOnly() throws StripeException {
        Map<String, Class<?>> kinds = new HashMap<>(Map.of(
                "/v1/charges", Charge.class,
                "/v1/customers", Customer.class,
                "/v1/balance_transactions", com.stripe.model.BalanceTransaction.class,
                "/v1/checkout/sessions", com.stripe.model.checkout.Session.class,
                "/v1/disputes", com.stripe.model.Dispute.class,
                "/v1/payment_intents", com.stripe.model.PaymentIntent.class,
                "/v1/payment_methods", com.stripe.model.PaymentMethod.class,
                "/v1/prices", com.stripe.model.Price.class,
                "/v1/products", com.stripe.model.Product.class,
                "/v1/refunds", com.stripe.model.Refund.class));
        kinds.put("/v1/radar/early_fraud_warnings", EarlyFraudWarning.class);
        kinds.put("/v1/setup_intents", com.stripe.model.SetupIntent.class);

        for (var kind : kinds.entrySet()) {
            List<JsonObject> listed = get(kind.getKey()).getAsJsonArray("data").asList().stream()
                    .map(it -> it.getAsJsonObject())
                    .toList();
            assertThat(listed)
                    .as(kind.getKey())
                    .isNotEmpty()
                    .allSatisfy(object -> assertThat(KnownFields.unknownIn(object, kind.getValue()))
                            .isEmpty());
        }
    }

    @Test
    void statusesAreWordsOfStripes() {
        assertThat(events).allSatisfy(event -> {
            JsonObject object = JsonParser.parseString(
                            event.getDataObjectDeserializer().getRawJson())
                    .getAsJsonObject();
            String kind = object.get("object").getAsString();
            object.entrySet().forEach(field -> {
                Set<String> words = WORDS.get(kind + "." + field.getKey());
                if (words != null && field.getValue().isJsonPrimitive()) {
                    assertThat(field.getValue().getAsString())
                            .as(kind + "." + field.getKey())
                            .isIn(words);
                }
            });
        });
    }

    @Test
    void aFraudWarningNamesItsChargeAndMovesNothing() throws StripeException {
        EarlyFraudWarning warning =
                stripe.client.v1().radar().earlyFraudWarnings().list().getData().getFirst();

        Charge charge = stripe.client.v1().charges().retrieve(warning.getCharge());
        assertThat(warning.getActionable()).isTrue();
        assertThat(warning.getPaymentIntent()).isEqualTo(charge.getPaymentIntent());
        assertThat(charge.getDisputed()).isFalse();
    }
}
