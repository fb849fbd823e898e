package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.param.ChargeListParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every resource has in common: idempotency keys, pages, expansion. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsContractTest {
    private final StripeUnderTest stripe = StripeUnderTest.open();

    @AfterAll
    void stop() {
        stripe.close();
    }

    @Nested
    class IdempotencyKeys {
        private final String key = StripeUnderTest.unique("key");

        private PaymentIntent pay(String card) throws StripeException {
            return stripe.client
                    .v1()
                    .paymentIntents()
                    .create(StripeUnderTest.fiveDollars(card).build(), StripeUnderTest.keyed(key));
        }

        @Test
        void payOnceHoweverOftenTheRequestIsSent() throws StripeException {
            PaymentIntent first = pay("pm_card_visa");
            PaymentIntent second = pay("pm_card_visa");

            assertThat(second.getId()).isEqualTo(first.getId());
            assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
                    .hasValue("true");
        }

        @Test
        void replayADecline() {
            CardException first = catchThrowableOfType(CardException.class, () -> pay("pm_card_visa_chargeDeclined"));
            CardException second = catchThrowableOfType(CardException.class, () -> pay("pm_card_visa_chargeDeclined"));

            assertThat(second.getCharge()).isEqualTo(first.getCharge());
        }

        @Test
        void areOfOneRequestOnly() throws StripeException {
            pay("pm_card_visa");

            IdempotencyException other =
                    catchThrowableOfType(IdempotencyException.class, () -> pay("pm_card_mastercard"));

            assertThat(other.getStatusCode()).isEqualTo(400);
        }
    }

    @Nested
    class Pages {
        private final String email = StripeUnderTest.unique("page") + "@example.com";

        private List<String> customers(int count) throws StripeException {
            List<String> newestFirst = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                newestFirst.addFirst(stripe.customer(email).getId());
            }
            return newestFirst;
        }

        private StripeCollection<Customer> page(CustomerListParams.Builder params) throws StripeException {
            return stripe.client.v1().customers().list(params.setEmail(email).build());
        }

        @Test
        void goForwardAfterACursor() throws StripeException {
            List<String> ids = customers(4);

            StripeCollection<Customer> page = page(CustomerListParams.builder()
                    .setStartingAfter(ids.getFirst())
                    .setLimit(2L));

            assertThat(page.getData()).extracting(Customer::getId).containsExactly(ids.get(1), ids.get(2));
            assertThat(page.getHasMore()).isTrue();
        }

        @Test
        void endWithTheLast() throws StripeException {
            List<String> ids = customers(3);

            StripeCollection<Customer> page = page(CustomerListParams.builder()
                    .setStartingAfter(ids.getFirst())
                    .setLimit(2L));

            assertThat(page.getData()).hasSize(2);
            assertThat(page.getHasMore()).isFalse();
        }

        @Test
        void goBackwardBeforeACursor() throws StripeException {
            List<String> ids = customers(4);

            StripeCollection<Customer> page = page(
                    CustomerListParams.builder().setEndingBefore(ids.get(3)).setLimit(2L));

            assertThat(page.getData()).extracting(Customer::getId).containsExactly(ids.get(1), ids.get(2));
            assertThat(page.getHasMore()).isTrue();
        }

        @Test
        void areFollowedByStripesLibrary() throws StripeException {
            List<String> ids = customers(5);

            List<String> all = new ArrayList<>();
            page(CustomerListParams.builder().setLimit(2L))
                    .autoPagingIterable()
                    .forEach(customer -> all.add(customer.getId()));

            assertThat(all).isEqualTo(ids);
        }

        @Test
        void leaveOutTheDeleted() throws StripeException {
            List<String> ids = customers(2);
            stripe.client.v1().customers().delete(ids.getFirst());

            assertThat(page(CustomerListParams.builder()).getData())
                    .extracting(Customer::getId)
                    .containsExactly(ids.getLast());
        }

        @Test
        void haveABoundedSize() {
            assertThat(catchThrowableOfType(
                                    InvalidRequestException.class,
                                    () -> page(CustomerListParams.builder().setLimit(101L)))
                            .getParam())
                    .isEqualTo("limit");
        }

        @Test
        void needACursorThatExists() {
            assertThat(catchThrowableOfType(
                                    InvalidRequestException.class,
                                    () -> page(CustomerListParams.builder().setStartingAfter("cus_nothing")))
                            .getParam())
                    .isEqualTo("starting_after");
        }
    }

    @Nested
    class Expansion {
        @Test
        void goesThroughNestedReferences() throws StripeException {
            String id = stripe.pay("pm_card_visa").getId();

            PaymentIntent intent = stripe.client
                    .v1()
                    .paymentIntents()
                    .retrieve(
                            id,
                            PaymentIntentRetrieveParams.builder()
                                    .addExpand("latest_charge.balance_transaction")
                                    .addExpand("payment_method")
                                    .build());

            Charge charge = intent.getLatestChargeObject();
            assertThat(charge.getBalanceTransactionObject().getAmount()).isEqualTo(500);
            assertThat(charge.getBalanceTransactionObject().getNet())
                    .isEqualTo(500 - charge.getBalanceTransactionObject().getFee());
            assertThat(intent.getPaymentMethodObject().getCard().getLast4()).isEqualTo("4242");
        }

        @Test
        void worksOnEachElementOfAList() throws StripeException {
            PaymentIntent intent = stripe.pay("pm_card_visa");

            List<Charge> charges = stripe.client
                    .v1()
                    .charges()
                    .list(ChargeListParams.builder()
                            .setPaymentIntent(intent.getId())
                            .addExpand("data.payment_intent.payment_method")
                            .build())
                    .getData();

            assertThat(charges)
                    .singleElement()
                    .satisfies(charge -> assertThat(charge.getPaymentIntentObject()
                                    .getPaymentMethodObject()
                                    .getType())
                            .isEqualTo("card"));
        }

        @Test
        void refusesWhatIsNoReference() throws StripeException {
            String id = stripe.pay("pm_card_visa").getId();

            assertThat(catchThrowableOfType(
                                    InvalidRequestException.class,
                                    () -> stripe.client
                                            .v1()
                                            .paymentIntents()
                                            .retrieve(
                                                    id,
                                                    PaymentIntentRetrieveParams.builder()
                                                            .addExpand("amount")
                                                            .build()))
                            .getMessage())
                    .contains("cannot be expanded");
        }
    }
}
