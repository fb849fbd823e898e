package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract that stripe-java relies on, through stripe-java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StripeApiTest {
    private final SimulatedStripe stripe = new SimulatedStripe();

    @BeforeAll
    void reachable() {
        assertThat(stripe.simulator.baseUri().getPort()).isPositive();
    }

    @AfterAll
    void stop() {
        stripe.close();
    }

    private Customer customer(String name) throws StripeException {
        return stripe.client
                .v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setName(name)
                        .setEmail(name + "@example.com")
                        .putMetadata("account", "acc-1")
                        .build());
    }

    @Nested
    class Customers {
        @Test
        void areKeptAsTheyWereGiven() throws StripeException {
            Customer created = customer("ada");

            Customer found = stripe.client.v1().customers().retrieve(created.getId());

            assertThat(found.getId()).startsWith("cus_");
            assertThat(found.getEmail()).isEqualTo("ada@example.com");
            assertThat(found.getMetadata()).containsExactly(Map.entry("account", "acc-1"));
            assertThat(found.getLivemode()).isFalse();
        }

        @Test
        void mergeMetadataOnUpdate() throws StripeException {
            Customer created = customer("bob");

            Customer updated = stripe.client
                    .v1()
                    .customers()
                    .update(
                            created.getId(),
                            CustomerUpdateParams.builder()
                                    .putMetadata("plan", "pro")
                                    .putMetadata("account", "")
                                    .build());

            assertThat(updated.getMetadata()).containsExactly(Map.entry("plan", "pro"));
            assertThat(updated.getName()).isEqualTo("bob");
        }

        @Test
        void stayAsDeletedOnes() throws StripeException {
            String id = customer("eve").getId();
            stripe.client.v1().customers().delete(id);

            assertThat(stripe.client.v1().customers().retrieve(id).getDeleted()).isTrue();
            assertThatThrownBy(() -> stripe.client
                            .v1()
                            .customers()
                            .update(id, CustomerUpdateParams.builder().build()))
                    .isInstanceOf(InvalidRequestException.class);
        }

        @Test
        void areListedNewestFirstAcrossPages() throws StripeException {
            List<String> created = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                created.add(customer("page").getId());
            }
            CustomerListParams params = CustomerListParams.builder()
                    .setEmail("page@example.com")
                    .setLimit(3L)
                    .build();

            StripeCollection<Customer> first = stripe.client.v1().customers().list(params);
            List<String> all = new ArrayList<>();
            first.autoPagingIterable().forEach(customer -> all.add(customer.getId()));

            assertThat(first.getData()).hasSize(3);
            assertThat(first.getHasMore()).isTrue();
            assertThat(all).isEqualTo(created.reversed());
        }

        @Test
        void arePagedBackwardsFromACursor() throws StripeException {
            List<String> created = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                created.add(customer("back").getId());
            }

            StripeCollection<Customer> page = stripe.client
                    .v1()
                    .customers()
                    .list(CustomerListParams.builder()
                            .setEmail("back@example.com")
                            .setEndingBefore(created.getFirst())
                            .setLimit(2L)
                            .build());

            assertThat(page.getData()).extracting(Customer::getId).containsExactly(created.get(2), created.get(1));
            assertThat(page.getHasMore()).isTrue();
        }
    }

    @Nested
    class Sessions {
        @Test
        void startOpenWithTheirTotals() throws StripeException {
            Session session = stripe.session();

            assertThat(session.getId()).startsWith("cs_test_");
            assertThat(session.getStatus()).isEqualTo("open");
            assertThat(session.getPaymentStatus()).isEqualTo("unpaid");
            assertThat(session.getAmountTotal()).isEqualTo(900);
            assertThat(session.getCurrency()).isEqualTo("usd");
            assertThat(session.getClientReferenceId()).isEqualTo("order-1");
            assertThat(session.getUrl())
                    .isEqualTo(stripe.at("/c/pay/" + session.getId()).toString());
            assertThat(session.getPaymentIntent()).isNull();
        }

        @Test
        void showLineItemsWhenAsked() throws StripeException {
            String id = stripe.session().getId();

            Session plain = stripe.client.v1().checkout().sessions().retrieve(id);
            Session expanded = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .retrieve(
                            id,
                            SessionRetrieveParams.builder()
                                    .addExpand("line_items")
                                    .addExpand("line_items.data.price.product")
                                    .build());

            assertThat(plain.getLineItems()).isNull();
            assertThat(expanded.getLineItems().getData()).singleElement().satisfies(line -> {
                assertThat(line.getQuantity()).isEqualTo(3);
                assertThat(line.getAmountTotal()).isEqualTo(900);
                assertThat(line.getPrice().getProductObject().getName()).isEqualTo("<b>100</b> credits");
            });
            assertThat(stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .lineItems()
                            .list(id)
                            .getData())
                    .hasSize(1);
        }

        @Test
        void leadToTheirPaymentAndItsChargeOncePaid() throws StripeException {
            String id = stripe.session().getId();
            stripe.simulator.pay(id, SimulatedStripe.VISA);

            Session paid = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .retrieve(
                            id,
                            SessionRetrieveParams.builder()
                                    .addExpand("payment_intent.latest_charge.balance_transaction")
                                    .build());

            PaymentIntent intent = paid.getPaymentIntentObject();
            Charge charge = intent.getLatestChargeObject();
            assertThat(paid.getStatus()).isEqualTo("complete");
            assertThat(paid.getPaymentStatus()).isEqualTo("paid");
            assertThat(intent.getStatus()).isEqualTo("succeeded");
            assertThat(intent.getAmountReceived()).isEqualTo(900);
            assertThat(intent.getMetadata()).containsEntry("order", "1");
            assertThat(charge.getPaid()).isTrue();
            assertThat(charge.getMetadata()).containsEntry("order", "1");
            assertThat(charge.getBalanceTransactionObject().getNet()).isEqualTo(900 - 56);
        }

        @Test
        void takeAStoredPriceAndCustomer() throws StripeException {
            Product product = stripe.client
                    .v1()
                    .products()
                    .create(ProductCreateParams.builder().setName("Credits").build());
            Price price = stripe.client
                    .v1()
                    .prices()
                    .create(PriceCreateParams.builder()
                            .setCurrency("eur")
                            .setUnitAmount(1_000L)
                            .setProduct(product.getId())
                            .build());
            Customer customer = customer("buyer");

            Session session = stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(SessionCreateParams.builder()
                            .setMode(SessionCreateParams.Mode.PAYMENT)
                            .setSuccessUrl("https://example.com/ok")
                            .setCustomer(customer.getId())
                            .addLineItem(SessionCreateParams.LineItem.builder()
                                    .setPrice(price.getId())
                                    .setQuantity(2L)
                                    .build())
                            .addExpand("customer")
                            .build());

            assertThat(session.getAmountTotal()).isEqualTo(2_000);
            assertThat(session.getCurrency()).isEqualTo("eur");
            assertThat(session.getCustomerObject().getName()).isEqualTo("buyer");
        }

        @Test
        void expireWhenTheirTimeIsUp() throws StripeException {
            try (SimulatedStripe other = new SimulatedStripe()) {
                String id = other.client
                        .v1()
                        .checkout()
                        .sessions()
                        .create(SimulatedStripe.nineDollars()
                                .setExpiresAt(Instant.now().plusSeconds(1_800).getEpochSecond())
                                .build())
                        .getId();

                other.simulator.advanceClock(Duration.ofMinutes(31));

                assertThat(other.client.v1().checkout().sessions().retrieve(id).getStatus())
                        .isEqualTo("expired");
                assertThat(other.simulator.eventIds("checkout.session.expired")).hasSize(1);
                assertThat(other.simulator.pay(id, SimulatedStripe.VISA))
                        .isEqualTo(new CheckoutResult.NotOpen("expired"));
            }
        }

        @Test
        void arePaidOnlyOnceHoweverManyTry() throws Exception {
            String id = stripe.session().getId();
            Callable<CheckoutResult> pay = () -> stripe.simulator.pay(id, SimulatedStripe.VISA);

            List<CheckoutResult> results = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<CheckoutResult> result : threads.invokeAll(Collections.nCopies(20, pay))) {
                    results.add(result.get());
                }
            }

            assertThat(results)
                    .filteredOn(CheckoutResult.Paid.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(new CheckoutResult.NotOpen("complete")::equals)
                    .hasSize(19);
        }
    }

    @Nested
    class Refunds {
        private String paidIntent() throws StripeException {
            CheckoutResult result = stripe.simulator.pay(stripe.session().getId(), SimulatedStripe.VISA);
            return ((CheckoutResult.Paid) result).paymentIntent();
        }

        private Refund refund(String intent, long amount) throws StripeException {
            return stripe.client
                    .v1()
                    .refunds()
                    .create(RefundCreateParams.builder()
                            .setPaymentIntent(intent)
                            .setAmount(amount)
                            .build());
        }

        @Test
        void addUpOnTheCharge() throws StripeException {
            String intent = paidIntent();

            refund(intent, 400);
            Refund second = refund(intent, 500);

            Charge charge = stripe.client
                    .v1()
                    .charges()
                    .retrieve(
                            second.getCharge(),
                            ChargeRetrieveParams.builder().addExpand("refunds").build());
            assertThat(second.getStatus()).isEqualTo("succeeded");
            assertThat(charge.getAmountRefunded()).isEqualTo(900);
            assertThat(charge.getRefunded()).isTrue();
            assertThat(charge.getRefunds().getData()).hasSize(2);
        }

        @Test
        void neverExceedTheCharge() throws StripeException {
            String intent = paidIntent();
            refund(intent, 400);

            assertThatThrownBy(() -> refund(intent, 501)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Nested
    class Payments {
        private PaymentIntentCreateParams with(String method) {
            return PaymentIntentCreateParams.builder()
                    .setAmount(500L)
                    .setCurrency("usd")
                    .setPaymentMethod(method)
                    .setConfirm(true)
                    .setOffSession(true)
                    .build();
        }

        @Test
        void succeedWithAGoodCard() throws StripeException {
            PaymentIntent intent = stripe.client.v1().paymentIntents().create(with("pm_card_visa"));

            assertThat(intent.getStatus()).isEqualTo("succeeded");
            assertThat(intent.getLatestCharge()).startsWith("ch_");
        }

        @Test
        void areCardErrorsWithABadOne() {
            CardException refused = catchThrowableOfType(
                    CardException.class,
                    () -> stripe.client
                            .v1()
                            .paymentIntents()
                            .create(with("pm_card_visa_chargeDeclinedInsufficientFunds")));

            assertThat(refused.getStatusCode()).isEqualTo(402);
            assertThat(refused.getCode()).isEqualTo("card_declined");
            assertThat(refused.getDeclineCode()).isEqualTo("insufficient_funds");
            assertThat(refused.getStripeError().getPaymentIntent().getStatus()).isEqualTo("requires_payment_method");
        }
    }

    @Nested
    class IdempotencyKeysOfRequests {
        private final RequestOptions keyed = RequestOptions.builder()
                .setIdempotencyKey("key-" + System.nanoTime())
                .build();

        @Test
        void replayTheAnswerToTheSameRequest() throws StripeException {
            SessionCreateParams params = SimulatedStripe.nineDollars().build();

            Session first = stripe.client.v1().checkout().sessions().create(params, keyed);
            Session second = stripe.client.v1().checkout().sessions().create(params, keyed);

            assertThat(second.getId()).isEqualTo(first.getId());
            assertThat(second.getLastResponse().body())
                    .isEqualTo(first.getLastResponse().body());
            assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                    .hasValue("true");
            assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                    .isEmpty();
        }

        @Test
        void refuseAnotherRequest() throws StripeException {
            stripe.client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(SimulatedStripe.nineDollars().build(), keyed);

            assertThatThrownBy(() -> stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .create(
                                    SimulatedStripe.nineDollars()
                                            .setClientReferenceId("order-2")
                                            .build(),
                                    keyed))
                    .isInstanceOf(IdempotencyException.class);
        }

        @Test
        void areFreeAgainAfterARefusal() throws StripeException {
            assertThatThrownBy(() -> stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .create(
                                    SimulatedStripe.nineDollars()
                                            .setCustomer("cus_nobody")
                                            .build(),
                                    keyed))
                    .isInstanceOf(InvalidRequestException.class);

            assertThat(stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .create(SimulatedStripe.nineDollars().build(), keyed)
                            .getStatus())
                    .isEqualTo("open");
        }
    }

    @Nested
    class Mistakes {
        @Test
        void withTheKeyAreAuthenticationErrors() {
            assertThatThrownBy(() -> stripe.clientWith("sk_test_wrong", 10_000)
                            .v1()
                            .customers()
                            .list())
                    .isInstanceOf(AuthenticationException.class);
        }

        @Test
        void withAnIdSayWhatIsMissing() {
            InvalidRequestException missing = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> stripe.client.v1().checkout().sessions().retrieve("cs_test_nothing"));

            assertThat(missing.getStatusCode()).isEqualTo(404);
            assertThat(missing.getCode()).isEqualTo("resource_missing");
            assertThat(missing.getMessage()).contains("No such session: 'cs_test_nothing'");
        }

        @Test
        void withAParameterNameIt() {
            InvalidRequestException missing = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .create(SessionCreateParams.builder()
                                    .setMode(SessionCreateParams.Mode.PAYMENT)
                                    .setSuccessUrl("https://example.com/ok")
                                    .addLineItem(SessionCreateParams.LineItem.builder()
                                            .setQuantity(1L)
                                            .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                                                    .setCurrency("usd")
                                                    .setUnitAmount(-1L)
                                                    .setProduct("prod_x")
                                                    .build())
                                            .build())
                                    .build()));

            assertThat(missing.getStatusCode()).isEqualTo(400);
            assertThat(missing.getParam()).isEqualTo("line_items[0][price_data][unit_amount]");
        }

        @Test
        void withAnUnknownParameterAreNotIgnored() {
            InvalidRequestException unknown = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> stripe.client
                            .v1()
                            .customers()
                            .create(CustomerCreateParams.builder()
                                    .putExtraParam("nmae", "x")
                                    .build()));

            assertThat(unknown.getCode()).isEqualTo("parameter_unknown");
            assertThat(unknown.getParam()).isEqualTo("nmae");
        }

        @Test
        void withAnExpansionSaySo() throws StripeException {
            String id = stripe.session().getId();

            assertThatThrownBy(() -> stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .retrieve(
                                    id,
                                    SessionRetrieveParams.builder()
                                            .addExpand("status")
                                            .build()))
                    .hasMessageContaining("cannot be expanded");
        }

        @Test
        void withALinkThatIsNoneAreRefused() {
            InvalidRequestException bad = catchThrowableOfType(
                    InvalidRequestException.class,
                    () -> stripe.client
                            .v1()
                            .checkout()
                            .sessions()
                            .create(SimulatedStripe.nineDollars()
                                    .setSuccessUrl("javascript:alert(1)")
                                    .build()));

            assertThat(bad.getCode()).isEqualTo("url_invalid");
        }
    }

    @Nested
    class EventsForReconciliation {
        @Test
        void areListedByTypeWithTheirObject() throws StripeException {
            String id = stripe.session().getId();
            stripe.simulator.pay(id, SimulatedStripe.VISA);

            List<Event> events = stripe.client
                    .v1()
                    .events()
                    .list(EventListParams.builder()
                            .addType("checkout.session.completed")
                            .addType("payment_intent.succeeded")
                            .setCreated(EventListParams.Created.builder()
                                    .setGte(Instant.now().minusSeconds(600).getEpochSecond())
                                    .build())
                            .setLimit(2L)
                            .build())
                    .getData();

            assertThat(events)
                    .extracting(Event::getType)
                    .containsExactly("checkout.session.completed", "payment_intent.succeeded");
            assertThat(events.getFirst().getDataObjectDeserializer().getObject())
                    .hasValueSatisfying(
                            object -> assertThat(((Session) object).getId()).isEqualTo(id));
            assertThat(stripe.client
                            .v1()
                            .events()
                            .retrieve(events.getFirst().getId())
                            .getApiVersion())
                    .isEqualTo("2026-07-29.dahlia");
        }

        @Test
        void nameTheRequestThatCausedThem() throws StripeException {
            stripe.client
                    .v1()
                    .customers()
                    .create(
                            CustomerCreateParams.builder().setName("cause").build(),
                            RequestOptions.builder()
                                    .setIdempotencyKey("cause-1")
                                    .build());

            List<Event> events = stripe.client
                    .v1()
                    .events()
                    .list(EventListParams.builder().setType("customer.created").build())
                    .getData();

            assertThat(events)
                    .anySatisfy(event ->
                            assertThat(event.getRequest().getIdempotencyKey()).isEqualTo("cause-1"));
        }
    }
}
