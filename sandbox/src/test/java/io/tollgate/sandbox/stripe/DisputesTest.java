package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Refund;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeRetrieveParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.RefundCreateParams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A payment of nine dollars that its cardholder's bank disputes. */
class DisputesTest {
    private static final String DISPUTED = "4000000000000259";
    private static final String INQUIRED = "4000000000001976";

    private final SimulatedStripe stripe = new SimulatedStripe();

    @AfterEach
    void stop() {
        stripe.close();
    }

    private String paidWith(String card) throws StripeException {
        return ((CheckoutResult.Paid) stripe.simulator.pay(stripe.session().getId(), card)).paymentIntent();
    }

    private Dispute disputed(String card) throws StripeException {
        String intent = paidWith(card);
        return stripe.client
                .v1()
                .disputes()
                .list(DisputeListParams.builder().setPaymentIntent(intent).build())
                .getData()
                .getFirst();
    }

    private Dispute find(Dispute dispute) throws StripeException {
        return stripe.client.v1().disputes().retrieve(dispute.getId());
    }

    private Refund refund(Dispute dispute) throws StripeException {
        return stripe.client
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(dispute.getPaymentIntent())
                        .build());
    }

    /** What was told about the dispute, oldest first, with the status and the movements it had then. */
    private List<String> told() throws StripeException {
        return stripe.client.v1().events().list().getData().stream()
                .filter(event -> event.getType().startsWith("charge.dispute."))
                .map(DisputesTest::summary)
                .toList()
                .reversed();
    }

    private static String summary(Event event) {
        Dispute then = (Dispute) event.getDataObjectDeserializer().getObject().orElseThrow();
        return event.getType().substring("charge.dispute.".length()) + " " + then.getStatus() + " "
                + then.getBalanceTransactions().stream()
                        .map(BalanceTransaction::getAmount)
                        .toList();
    }

    @Nested
    class Opened {
        @Test
        void takesTheMoneyAtOnce() throws StripeException {
            Dispute dispute = disputed(DISPUTED);

            assertThat(dispute.getStatus()).isEqualTo("needs_response");
            assertThat(dispute.getReason()).isEqualTo("fraudulent");
            assertThat(dispute.getAmount()).isEqualTo(900);
            assertThat(dispute.getIsChargeRefundable()).isFalse();
            assertThat(dispute.getBalanceTransactions()).singleElement().satisfies(movement -> {
                assertThat(movement.getType()).isEqualTo("adjustment");
                assertThat(movement.getReportingCategory()).isEqualTo("dispute");
                assertThat(movement.getAmount()).isEqualTo(-900);
                assertThat(movement.getNet()).isEqualTo(-900 - movement.getFee());
                assertThat(movement.getSource()).isEqualTo(dispute.getId());
            });
            assertThat(told())
                    .containsExactly("created needs_response [-900]", "funds_withdrawn needs_response [-900]");
        }

        @Test
        void marksTheChargeAndForbidsItsRefund() throws StripeException {
            Dispute dispute = disputed(DISPUTED);

            Charge charge = stripe.client.v1().charges().retrieve(dispute.getCharge());
            assertThat(charge.getDisputed()).isTrue();
            assertThat(charge.getRefunded()).isFalse();
            assertThat(charge.getAmountRefunded()).isZero();
            assertThat(catchThrowableOfType(InvalidRequestException.class, () -> refund(dispute)))
                    .satisfies(refused -> assertThat(refused.getCode()).isEqualTo("charge_disputed"));
        }

        @Test
        void maybeAboutAPart() throws StripeException {
            String intent = paidWith(SimulatedStripe.VISA);

            String id =
                    stripe.simulator.bank().dispute(intent, 400, "product_not_received", DisputeStart.NEEDS_RESPONSE);

            Dispute dispute = stripe.client
                    .v1()
                    .disputes()
                    .retrieve(
                            id,
                            DisputeRetrieveParams.builder()
                                    .addExpand("charge.payment_intent")
                                    .build());
            assertThat(dispute.getBalanceTransactions().getFirst().getAmount()).isEqualTo(-400);
            assertThat(dispute.getChargeObject().getPaymentIntentObject().getId())
                    .isEqualTo(intent);
        }

        @Test
        void isNeverAboutMoreThanTheChargeNorForAReasonUnknown() throws StripeException {
            String intent = paidWith(SimulatedStripe.VISA);
            Bank bank = stripe.simulator.bank();

            assertThatThrownBy(() -> bank.dispute(intent, 901, "fraudulent", DisputeStart.NEEDS_RESPONSE))
                    .hasMessageContaining("up to the amount");
            assertThatThrownBy(() -> bank.dispute(intent, 900, "bored", DisputeStart.NEEDS_RESPONSE))
                    .hasMessageContaining("no such reason");
            assertThat(told()).isEmpty();
        }
    }

    @Nested
    class Decided {
        @Test
        void givesTheMoneyBackWhenWon() throws StripeException {
            Dispute dispute = disputed(DISPUTED);

            stripe.simulator.bank().closeDispute(dispute.getId(), DisputeEnd.WON);

            Dispute won = find(dispute);
            assertThat(won.getStatus()).isEqualTo("won");
            assertThat(won.getBalanceTransactions())
                    .extracting(BalanceTransaction::getReportingCategory)
                    .containsExactly("dispute", "dispute_reversal");
            assertThat(won.getBalanceTransactions().stream()
                            .mapToLong(BalanceTransaction::getNet)
                            .sum())
                    .isZero();
            assertThat(told().subList(2, 4))
                    .containsExactly("closed won [-900, 900]", "funds_reinstated won [-900, 900]");
        }

        @Test
        void keepsTheMoneyWhenLost() throws StripeException {
            Dispute dispute = disputed(DISPUTED);

            stripe.client.v1().disputes().close(dispute.getId());

            assertThat(find(dispute).getStatus()).isEqualTo("lost");
            assertThat(told().subList(2, told().size())).containsExactly("closed lost [-900]");
            assertThat(catchThrowableOfType(InvalidRequestException.class, () -> refund(dispute))
                            .getCode())
                    .isEqualTo("charge_disputed");
        }

        @Test
        void isDecidedOnce() throws StripeException {
            Dispute dispute = disputed(DISPUTED);
            stripe.simulator.bank().closeDispute(dispute.getId(), DisputeEnd.WON);

            assertThatThrownBy(() -> stripe.client.v1().disputes().close(dispute.getId()))
                    .isInstanceOf(InvalidRequestException.class);
            assertThat(find(dispute).getStatus()).isEqualTo("won");
        }

        @Test
        void followsTheEvidence() throws StripeException {
            Dispute dispute = disputed(DISPUTED);

            Dispute answered = stripe.client
                    .v1()
                    .disputes()
                    .update(
                            dispute.getId(),
                            DisputeUpdateParams.builder()
                                    .setEvidence(DisputeUpdateParams.Evidence.builder()
                                            .setUncategorizedText("They used every credit.")
                                            .build())
                                    .setSubmit(true)
                                    .build());

            assertThat(answered.getStatus()).isEqualTo("under_review");
            assertThat(answered.getEvidence().getUncategorizedText()).isEqualTo("They used every credit.");
            assertThat(answered.getEvidenceDetails().getHasEvidence()).isTrue();
            assertThat(answered.getEvidenceDetails().getSubmissionCount()).isEqualTo(1);
        }
    }

    @Nested
    class Inquired {
        @Test
        void movesNoMoneyAndAllowsARefund() throws StripeException {
            Dispute inquiry = disputed(INQUIRED);

            assertThat(inquiry.getStatus()).isEqualTo("warning_needs_response");
            assertThat(inquiry.getBalanceTransactions()).isEmpty();
            assertThat(inquiry.getIsChargeRefundable()).isTrue();
            assertThat(refund(inquiry).getStatus()).isEqualTo("succeeded");
            assertThat(told()).containsExactly("created warning_needs_response []");
        }

        @Test
        void takesTheMoneyOnceItIsADispute() throws StripeException {
            Dispute inquiry = disputed(INQUIRED);

            stripe.simulator.bank().escalateDispute(inquiry.getId());

            assertThat(find(inquiry).getStatus()).isEqualTo("needs_response");
            assertThat(told().subList(1, 3))
                    .containsExactly("updated needs_response [-900]", "funds_withdrawn needs_response [-900]");
        }

        @Test
        void mayEndWithoutOne() throws StripeException {
            Dispute inquiry = disputed(INQUIRED);

            stripe.simulator.bank().closeDispute(inquiry.getId(), DisputeEnd.INQUIRY_CLOSED);

            assertThat(find(inquiry).getStatus()).isEqualTo("warning_closed");
            assertThat(find(inquiry).getBalanceTransactions()).isEmpty();
            assertThat(told().getLast()).isEqualTo("closed warning_closed []");
        }

        @Test
        void isNeitherWonNorLost() throws StripeException {
            Dispute inquiry = disputed(INQUIRED);

            assertThatThrownBy(() -> stripe.simulator.bank().closeDispute(inquiry.getId(), DisputeEnd.WON))
                    .hasMessageContaining("does not end as won");
        }
    }
}
