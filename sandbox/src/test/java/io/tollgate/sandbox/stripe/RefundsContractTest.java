package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundRetrieveParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Money back through the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefundsContractTest {
    private final StripeUnderTest stripe = StripeUnderTest.open();

    @AfterAll
    void stop() {
        stripe.close();
    }

    private Refund refund(RefundCreateParams.Builder params) throws StripeException {
        return stripe.client.v1().refunds().create(params.build());
    }

    private static RefundCreateParams.Builder of(PaymentIntent intent) {
        return RefundCreateParams.builder().setPaymentIntent(intent.getId());
    }

    private Charge charge(PaymentIntent intent) throws StripeException {
        return stripe.client
                .v1()
                .charges()
                .retrieve(
                        intent.getLatestCharge(),
                        ChargeRetrieveParams.builder().addExpand("refunds").build());
    }

    private InvalidRequestException refused(RefundCreateParams.Builder params) {
        return catchThrowableOfType(InvalidRequestException.class, () -> refund(params));
    }

    @Nested
    class Whole {
        @Test
        void givesBackWhatIsLeft() throws StripeException {
            PaymentIntent intent = stripe.pay("pm_card_visa");
            refund(of(intent).setAmount(200L));

            Refund rest = refund(of(intent));

            assertThat(rest.getAmount()).isEqualTo(300);
            assertThat(rest.getStatus()).isEqualTo("succeeded");
            assertThat(rest.getCharge()).isEqualTo(intent.getLatestCharge());
            assertThat(rest.getPaymentIntent()).isEqualTo(intent.getId());
            assertThat(charge(intent).getRefunded()).isTrue();
            assertThat(charge(intent).getAmountRefunded()).isEqualTo(500);
        }

        @Test
        void keepsTheReasonAndTheMetadata() throws StripeException {
            Refund made = refund(of(stripe.pay("pm_card_visa"))
                    .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                    .putMetadata("refund", "r-1"));

            Refund found = stripe.client
                    .v1()
                    .refunds()
                    .retrieve(
                            made.getId(),
                            RefundRetrieveParams.builder()
                                    .addExpand("charge.payment_intent")
                                    .addExpand("balance_transaction")
                                    .build());
            assertThat(found.getReason()).isEqualTo("requested_by_customer");
            assertThat(found.getMetadata()).containsEntry("refund", "r-1");
            assertThat(found.getChargeObject().getPaymentIntentObject().getId()).isEqualTo(made.getPaymentIntent());
            assertThat(found.getBalanceTransactionObject().getAmount()).isEqualTo(-500);
            assertThat(found.getBalanceTransactionObject().getType()).isEqualTo("refund");
        }
    }

    @Nested
    class Partial {
        @Test
        void leavesTheChargeNotRefunded() throws StripeException {
            PaymentIntent intent = stripe.pay("pm_card_visa");

            Refund first = refund(of(intent).setAmount(1L));
            Refund second = refund(of(intent).setAmount(498L));

            Charge charge = charge(intent);
            assertThat(charge.getRefunded()).isFalse();
            assertThat(charge.getAmountRefunded()).isEqualTo(499);
            assertThat(charge.getRefunds().getData())
                    .extracting(Refund::getId)
                    .containsExactly(second.getId(), first.getId());
            assertThat(stripe.client
                            .v1()
                            .refunds()
                            .list(RefundListParams.builder()
                                    .setPaymentIntent(intent.getId())
                                    .build())
                            .getData())
                    .hasSize(2);
        }
    }

    @Nested
    class Refused {
        @Test
        void whenAllIsGivenBack() throws StripeException {
            PaymentIntent intent = stripe.pay("pm_card_visa");
            refund(of(intent));

            InvalidRequestException again = refused(of(intent).setAmount(1L));

            assertThat(again.getStatusCode()).isEqualTo(400);
            assertThat(again.getCode()).isEqualTo("charge_already_refunded");
        }

        @Test
        void whenItIsMoreThanTheChargeOrWhatIsLeftOfIt() throws StripeException {
            PaymentIntent intent = stripe.pay("pm_card_visa");
            InvalidRequestException beyondTheCharge = refused(of(intent).setAmount(501L));
            refund(of(intent).setAmount(300L));

            InvalidRequestException beyondTheRest = refused(of(intent).setAmount(201L));

            assertThat(beyondTheCharge.getStatusCode()).isEqualTo(400);
            assertThat(beyondTheCharge.getParam()).isEqualTo("amount");
            assertThat(beyondTheCharge.getMessage()).contains("greater than charge amount");
            assertThat(beyondTheRest.getParam()).isEqualTo("amount");
            assertThat(beyondTheRest.getMessage()).contains("greater than unrefunded amount on charge");
            assertThat(charge(intent).getAmountRefunded()).isEqualTo(300);
        }

        @Test
        void whenItIsNothing() throws StripeException {
            PaymentIntent intent = stripe.pay("pm_card_visa");

            assertThat(refused(of(intent).setAmount(0L)).getParam()).isEqualTo("amount");
        }

        @Test
        void whenNothingWasPaid() {
            CardException declined =
                    catchThrowableOfType(CardException.class, () -> stripe.pay("pm_card_visa_chargeDeclined"));

            InvalidRequestException refused =
                    refused(of(declined.getStripeError().getPaymentIntent()));

            assertThat(refused.getStatusCode()).isEqualTo(400);
            assertThat(refused.getMessage()).contains("does not have a successful charge");
        }

        @Test
        void whenTheReasonIsNotOneOfStripes() throws StripeException {
            RefundCreateParams.Builder odd = of(stripe.pay("pm_card_visa")).putExtraParam("reason", "did_not_like_it");

            assertThat(refused(odd).getParam()).isEqualTo("reason");
        }

        @Test
        void whenNobodyKnowsThePayment() {
            InvalidRequestException unknown =
                    refused(RefundCreateParams.builder().setPaymentIntent("pi_nothing"));

            assertThat(unknown.getCode()).isEqualTo("resource_missing");
            assertThat(unknown.getParam()).isEqualTo("payment_intent");
        }

        @Test
        void toBeCanceledOnceThrough() throws StripeException {
            String refund = refund(of(stripe.pay("pm_card_visa"))).getId();

            assertThatThrownBy(() -> stripe.client.v1().refunds().cancel(refund))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }
}
