package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Event;
import com.stripe.model.Refund;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundRetrieveParams;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Refunds that take their time, and those that come back. */
class RefundEndsTest {
    private static final String REFUNDED_SLOWLY = "4000000000007726";
    private static final String REFUND_FAILS = "4000000000005126";

    private final SimulatedStripe stripe = new SimulatedStripe();

    @AfterEach
    void stop() {
        stripe.close();
    }

    private Refund refunded(String card, long amount) throws StripeException {
        CheckoutResult.Paid paid =
                (CheckoutResult.Paid) stripe.simulator.pay(stripe.session().getId(), card);
        return stripe.client
                .v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(paid.paymentIntent())
                        .setAmount(amount)
                        .build());
    }

    private Refund find(Refund refund) throws StripeException {
        return stripe.client
                .v1()
                .refunds()
                .retrieve(
                        refund.getId(),
                        RefundRetrieveParams.builder()
                                .addExpand("failure_balance_transaction")
                                .addExpand("balance_transaction")
                                .build());
    }

    private Charge charge(Refund refund) throws StripeException {
        return stripe.client.v1().charges().retrieve(refund.getCharge());
    }

    private List<String> told() throws StripeException {
        return stripe.client.v1().events().list().getData().stream()
                .map(Event::getType)
                .filter(type -> type.contains("refund"))
                .toList()
                .reversed();
    }

    @Nested
    class Pending {
        @Test
        void countsAtOnceAndSucceedsAfterADay() throws StripeException {
            Refund refund = refunded(REFUNDED_SLOWLY, 400);
            assertThat(refund.getStatus()).isEqualTo("pending");
            assertThat(charge(refund).getAmountRefunded()).isEqualTo(400);

            stripe.simulator.advanceClock(Duration.ofDays(1).plusSeconds(1));

            assertThat(find(refund).getStatus()).isEqualTo("succeeded");
            assertThat(charge(refund).getAmountRefunded()).isEqualTo(400);
            assertThat(told())
                    .containsExactly("refund.created", "charge.refunded", "refund.updated", "charge.refund.updated");
        }

        @Test
        void canBeCanceledAndIsAsIfItNeverWas() throws StripeException {
            stripe.simulator.bank().beginRefunds(RefundStart.PENDING);
            Refund refund = refunded(SimulatedStripe.VISA, 900);

            Refund canceled = stripe.client.v1().refunds().cancel(refund.getId());

            assertThat(canceled.getStatus()).isEqualTo("canceled");
            assertThat(charge(refund).getAmountRefunded()).isZero();
            assertThat(charge(refund).getRefunded()).isFalse();
        }

        @Test
        void staysCanceledWhenItsDayComes() throws StripeException {
            Refund refund = refunded(REFUNDED_SLOWLY, 900);
            stripe.client.v1().refunds().cancel(refund.getId());

            stripe.simulator.advanceClock(Duration.ofDays(2));

            assertThat(find(refund).getStatus()).isEqualTo("canceled");
        }
    }

    @Nested
    class Failed {
        @Test
        void bringsTheMoneyBack() throws StripeException {
            Refund refund = refunded(REFUND_FAILS, 900);
            assertThat(refund.getStatus()).isEqualTo("succeeded");

            stripe.simulator.advanceClock(Duration.ofDays(1).plusSeconds(1));

            Refund failed = find(refund);
            BalanceTransaction back = failed.getFailureBalanceTransactionObject();
            assertThat(failed.getStatus()).isEqualTo("failed");
            assertThat(failed.getFailureReason()).isEqualTo("lost_or_stolen_card");
            assertThat(back.getType()).isEqualTo("refund_failure");
            assertThat(back.getAmount() + failed.getBalanceTransactionObject().getAmount())
                    .isZero();
            assertThat(charge(refund).getAmountRefunded()).isZero();
            assertThat(charge(refund).getRefunded()).isFalse();
            assertThat(told())
                    .containsExactly(
                            "refund.created",
                            "charge.refunded",
                            "refund.updated",
                            "charge.refund.updated",
                            "refund.failed");
        }

        @Test
        void letsTheSameMoneyBeRefundedAgain() throws StripeException {
            Refund refund = refunded(SimulatedStripe.VISA, 900);
            stripe.simulator.bank().endRefund(refund.getId(), RefundEnd.FAILED);

            Refund again = stripe.client
                    .v1()
                    .refunds()
                    .create(RefundCreateParams.builder()
                            .setCharge(refund.getCharge())
                            .build());

            assertThat(again.getAmount()).isEqualTo(900);
            assertThat(charge(refund).getRefunded()).isTrue();
        }

        @Test
        void staysFailed() throws StripeException {
            Refund refund = refunded(SimulatedStripe.VISA, 900);
            stripe.simulator.bank().endRefund(refund.getId(), RefundEnd.FAILED);

            assertThatThrownBy(() -> stripe.simulator.bank().endRefund(refund.getId(), RefundEnd.SUCCEEDED))
                    .hasMessageContaining("cannot become succeeded");
        }
    }
}
