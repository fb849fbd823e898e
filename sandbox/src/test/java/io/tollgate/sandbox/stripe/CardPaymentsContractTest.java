package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paying by card through the API, with the cardholder there or away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CardPaymentsContractTest {
    private final StripeUnderTest stripe = StripeUnderTest.open();

    @AfterAll
    void stop() {
        stripe.close();
    }

    private PaymentMethod attached(String card, Customer customer) throws StripeException {
        return stripe.client
                .v1()
                .paymentMethods()
                .attach(
                        card,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer.getId())
                                .build());
    }

    private static PaymentIntentCreateParams offSession(Customer customer, PaymentMethod method) {
        return StripeUnderTest.fiveDollars(method.getId())
                .setCustomer(customer.getId())
                .setOffSession(true)
                .build();
    }

    private CardException declined(PaymentIntentCreateParams params) {
        return catchThrowableOfType(
                CardException.class, () -> stripe.client.v1().paymentIntents().create(params));
    }

    @Nested
    class Cards {
        @ParameterizedTest
        @CsvSource({
            "pm_card_visa_chargeDeclined, card_declined, generic_decline",
            "pm_card_visa_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
            "pm_card_visa_chargeDeclinedLostCard, card_declined, lost_card",
            "pm_card_visa_chargeDeclinedStolenCard, card_declined, stolen_card",
        })
        void thatAreDeclinedSayWhy(String card, String code, String declineCode) {
            CardException refused = declined(StripeUnderTest.fiveDollars(card).build());

            assertThat(refused.getStatusCode()).isEqualTo(402);
            assertThat(refused.getCode()).isEqualTo(code);
            assertThat(refused.getDeclineCode()).isEqualTo(declineCode);
            assertThat(refused.getCharge()).startsWith("ch_");
            assertThat(refused.getStripeError().getPaymentMethod().getCard().getBrand())
                    .isEqualTo("visa");
            assertThat(refused.getStripeError().getPaymentIntent().getStatus()).isEqualTo("requires_payment_method");
        }

        @ParameterizedTest
        @CsvSource({
            "pm_card_chargeDeclinedExpiredCard, expired_card",
            "pm_card_chargeDeclinedIncorrectCvc, incorrect_cvc",
            "pm_card_chargeDeclinedProcessingError, processing_error",
        })
        void thatAreWrongNameTheFault(String card, String code) {
            assertThat(declined(StripeUnderTest.fiveDollars(card).build()).getCode())
                    .isEqualTo(code);
        }

        @Test
        void leaveTheReasonOnTheIntentAndItsCharge() throws StripeException {
            CardException refused = declined(StripeUnderTest.fiveDollars("pm_card_visa_chargeDeclinedLostCard")
                    .build());

            PaymentIntent intent = stripe.client
                    .v1()
                    .paymentIntents()
                    .retrieve(refused.getStripeError().getPaymentIntent().getId());
            Charge charge = stripe.client.v1().charges().retrieve(intent.getLatestCharge());
            assertThat(intent.getLastPaymentError().getDeclineCode()).isEqualTo("lost_card");
            assertThat(intent.getPaymentMethod()).isNull();
            assertThat(charge.getStatus()).isEqualTo("failed");
            assertThat(charge.getPaid()).isFalse();
            assertThat(charge.getAmountCaptured()).isZero();
            assertThat(charge.getFailureCode()).isEqualTo("card_declined");
            assertThat(charge.getOutcome().getNetworkStatus()).isEqualTo("declined_by_network");
        }

        @Test
        void mayBeTriedAnotherAfterADecline() throws StripeException {
            String intent = declined(StripeUnderTest.fiveDollars("pm_card_visa_chargeDeclined")
                            .build())
                    .getStripeError()
                    .getPaymentIntent()
                    .getId();

            PaymentIntent paid = stripe.client
                    .v1()
                    .paymentIntents()
                    .confirm(
                            intent,
                            PaymentIntentConfirmParams.builder()
                                    .setPaymentMethod("pm_card_visa")
                                    .build());

            assertThat(paid.getStatus()).isEqualTo("succeeded");
            assertThat(paid.getAmountReceived()).isEqualTo(500);
            assertThat(paid.getLastPaymentError()).isNull();
        }

        @Test
        void arePaidOnlyOnceWithOneIntent() throws StripeException {
            String intent = stripe.pay("pm_card_visa").getId();

            assertThatThrownBy(() -> stripe.client.v1().paymentIntents().confirm(intent))
                    .isInstanceOfSatisfying(
                            InvalidRequestException.class,
                            e -> assertThat(e.getCode()).isEqualTo("payment_intent_unexpected_state"));
        }

        @Test
        void thatWantTheirHolderWaitForThem() throws StripeException {
            PaymentIntent intent = stripe.client
                    .v1()
                    .paymentIntents()
                    .create(StripeUnderTest.fiveDollars("pm_card_authenticationRequired")
                            .setReturnUrl("https://example.com/back")
                            .build());

            assertThat(intent.getStatus()).isEqualTo("requires_action");
            assertThat(intent.getNextAction().getType()).isEqualTo("redirect_to_url");
            assertThat(intent.getNextAction().getRedirectToUrl().getUrl()).startsWith("http");
            assertThat(intent.getNextAction().getRedirectToUrl().getReturnUrl()).isEqualTo("https://example.com/back");
        }
    }

    @Nested
    class SavedCards {
        @Test
        void payWithoutTheirHolder() throws StripeException {
            Customer customer = stripe.customer();
            PaymentMethod method = attached("pm_card_visa", customer);

            PaymentIntent paid = stripe.client.v1().paymentIntents().create(offSession(customer, method));

            assertThat(method.getCustomer()).isEqualTo(customer.getId());
            assertThat(paid.getStatus()).isEqualTo("succeeded");
            assertThat(paid.getPaymentMethod()).isEqualTo(method.getId());
            assertThat(paid.getCustomer()).isEqualTo(customer.getId());
        }

        @Test
        void thatWantTheirHolderAreDeclinedWithTheIntentToFinish() throws StripeException {
            Customer customer = stripe.customer();
            PaymentMethod method = attached("pm_card_authenticationRequired", customer);

            CardException refused = declined(offSession(customer, method));

            PaymentIntent left = refused.getStripeError().getPaymentIntent();
            assertThat(refused.getStatusCode()).isEqualTo(402);
            assertThat(refused.getCode()).isEqualTo("authentication_required");
            assertThat(refused.getDeclineCode()).isEqualTo("authentication_required");
            assertThat(refused.getStripeError().getPaymentMethod().getId()).isEqualTo(method.getId());
            assertThat(left.getStatus()).isEqualTo("requires_payment_method");
            assertThat(left.getLastPaymentError().getCode()).isEqualTo("authentication_required");
            assertThat(stripe.client
                            .v1()
                            .paymentIntents()
                            .retrieve(left.getId())
                            .getStatus())
                    .isEqualTo("requires_payment_method");
        }

        @Test
        void canBeKeptAndStillBeDeclined() throws StripeException {
            Customer customer = stripe.customer();
            PaymentMethod method = attached("pm_card_chargeCustomerFail", customer);

            assertThat(declined(offSession(customer, method)).getCode()).isEqualTo("card_declined");
        }

        @Test
        void areNotKeptWhereTheBankRefusesEvenThat() throws StripeException {
            Customer customer = stripe.customer();

            assertThatThrownBy(() -> attached("pm_card_visa_chargeDeclined", customer))
                    .isInstanceOf(CardException.class);
        }

        @Test
        void payForTheirOwnCustomerOnly() throws StripeException {
            PaymentMethod method = attached("pm_card_visa", stripe.customer());
            Customer other = stripe.customer();

            assertThatThrownBy(() -> stripe.client.v1().paymentIntents().create(offSession(other, method)))
                    .isInstanceOf(InvalidRequestException.class);
        }

        @Test
        void areTheDefaultWhereTheirCustomerSaysSo() throws StripeException {
            Customer customer = stripe.customer();
            PaymentMethod method = attached("pm_card_visa", customer);

            Customer updated = stripe.client
                    .v1()
                    .customers()
                    .update(
                            customer.getId(),
                            CustomerUpdateParams.builder()
                                    .setInvoiceSettings(CustomerUpdateParams.InvoiceSettings.builder()
                                            .setDefaultPaymentMethod(method.getId())
                                            .build())
                                    .build());
            stripe.client.v1().paymentMethods().detach(method.getId());

            assertThat(updated.getInvoiceSettings().getDefaultPaymentMethod()).isEqualTo(method.getId());
            assertThat(stripe.client
                            .v1()
                            .customers()
                            .retrieve(customer.getId())
                            .getInvoiceSettings()
                            .getDefaultPaymentMethod())
                    .isNull();
            assertThat(stripe.client
                            .v1()
                            .customers()
                            .paymentMethods()
                            .list(customer.getId())
                            .getData())
                    .isEmpty();
        }
    }
}
