package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.LineItem;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.PromotionCode;
import com.stripe.model.SetupIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Checkout beyond a card that pays: cards saved, bank accounts debited, tax added, codes applied. */
class CheckoutVariantsTest {
    private final SimulatedStripe stripe = new SimulatedStripe();

    @AfterEach
    void stop() {
        stripe.close();
    }

    private Session create(SessionCreateParams.Builder params) throws StripeException {
        return stripe.client.v1().checkout().sessions().create(params.build());
    }

    private Session find(Session session) throws StripeException {
        return stripe.client
                .v1()
                .checkout()
                .sessions()
                .retrieve(
                        session.getId(),
                        SessionRetrieveParams.builder()
                                .addExpand("payment_intent.latest_charge")
                                .addExpand("setup_intent")
                                .addExpand("line_items")
                                .build());
    }

    private List<String> told() throws StripeException {
        return stripe.client.v1().events().list().getData().stream()
                .map(Event::getType)
                .toList()
                .reversed();
    }

    @Nested
    class SavingACard {
        private final Customer customer;
        private final Session session;

        SavingACard() throws StripeException {
            customer = stripe.client.v1().customers().create();
            session = create(SessionCreateParams.builder()
                    .setMode(SessionCreateParams.Mode.SETUP)
                    .setCurrency("usd")
                    .setCustomer(customer.getId())
                    .setSuccessUrl("https://example.com/ok")
                    .setSetupIntentData(SessionCreateParams.SetupIntentData.builder()
                            .putMetadata("account", "acc-1")
                            .build()));
        }

        private PaymentIntentCreateParams offSession(PaymentMethod method) {
            return StripeUnderTest.fiveDollars(method.getId())
                    .setCustomer(customer.getId())
                    .setOffSession(true)
                    .build();
        }

        private PaymentMethod savedWith(String card) throws StripeException {
            stripe.simulator.pay(session.getId(), card);
            return stripe.client
                    .v1()
                    .customers()
                    .paymentMethods()
                    .list(customer.getId())
                    .getData()
                    .getFirst();
        }

        @Test
        void takesNoMoney() throws StripeException {
            assertThat(session.getPaymentStatus()).isEqualTo("no_payment_required");
            assertThat(session.getAmountTotal()).isNull();

            stripe.simulator.pay(session.getId(), SimulatedStripe.VISA);

            Session complete = find(session);
            SetupIntent setup = complete.getSetupIntentObject();
            assertThat(complete.getStatus()).isEqualTo("complete");
            assertThat(complete.getPaymentIntent()).isNull();
            assertThat(setup.getStatus()).isEqualTo("succeeded");
            assertThat(setup.getUsage()).isEqualTo("off_session");
            assertThat(setup.getMetadata()).containsEntry("account", "acc-1");
            assertThat(told())
                    .containsExactly(
                            "customer.created",
                            "setup_intent.created",
                            "payment_method.attached",
                            "setup_intent.succeeded",
                            "checkout.session.completed");
        }

        @Test
        void letsItPayLaterWhileItsHolderIsAway() throws StripeException {
            PaymentMethod saved = savedWith("4000002500003155");

            PaymentIntent paid = stripe.client.v1().paymentIntents().create(offSession(saved));

            assertThat(paid.getStatus()).isEqualTo("succeeded");
        }

        @Test
        void letsItsBankStillAskForTheHolderEachTime() throws StripeException {
            PaymentMethod saved = savedWith("4000002760003184");

            CardException refused = catchThrowableOfType(
                    CardException.class,
                    () -> stripe.client.v1().paymentIntents().create(offSession(saved)));
            String intent = refused.getStripeError().getPaymentIntent().getId();
            boolean paid = stripe.simulator.bank().authenticate(intent);

            assertThat(refused.getCode()).isEqualTo("authentication_required");
            assertThat(paid).isTrue();
            assertThat(stripe.client.v1().paymentIntents().retrieve(intent).getStatus())
                    .isEqualTo("succeeded");
        }

        @Test
        void leavesTheIntentToBeTriedAgainWhenItsHolderRefuses() throws StripeException {
            PaymentMethod saved = savedWith("4000002760003184");
            String intent = catchThrowableOfType(
                            CardException.class,
                            () -> stripe.client.v1().paymentIntents().create(offSession(saved)))
                    .getStripeError()
                    .getPaymentIntent()
                    .getId();

            boolean paid = stripe.simulator.bank().refuseAuthentication(intent);

            PaymentIntent left = stripe.client.v1().paymentIntents().retrieve(intent);
            assertThat(paid).isFalse();
            assertThat(left.getStatus()).isEqualTo("requires_payment_method");
            assertThat(left.getLastPaymentError().getCode()).isEqualTo("payment_intent_authentication_failure");
        }

        @Test
        void failsWhereTheBankRefuses() throws StripeException {

            CheckoutResult result = stripe.simulator.pay(session.getId(), SimulatedStripe.DECLINED);

            assertThat(result).isInstanceOf(CheckoutResult.Declined.class);
            assertThat(find(session).getStatus()).isEqualTo("open");
            assertThat(find(session).getSetupIntentObject().getLastSetupError().getCode())
                    .isEqualTo("card_declined");
        }
    }

    @Nested
    class ABankAccount {
        @Test
        void leavesTheSessionUnpaidForDays() throws StripeException {
            Session session = stripe.session();

            stripe.simulator.bank().debit(session.getId());

            Session begun = find(session);
            assertThat(begun.getStatus()).isEqualTo("complete");
            assertThat(begun.getPaymentStatus()).isEqualTo("unpaid");
            assertThat(begun.getPaymentIntentObject().getStatus()).isEqualTo("processing");
            assertThat(begun.getPaymentIntentObject().getLatestChargeObject().getStatus())
                    .isEqualTo("pending");
            assertThat(told())
                    .containsExactly(
                            "payment_intent.created",
                            "charge.pending",
                            "payment_intent.processing",
                            "checkout.session.completed");
        }

        @Test
        void paysInTheEnd() throws StripeException {
            Session session = stripe.session();
            stripe.simulator.bank().debit(session.getId());

            stripe.simulator.bank().endDebit(session.getId(), DebitEnd.SUCCEEDED);

            assertThat(find(session).getPaymentStatus()).isEqualTo("paid");
            assertThat(find(session).getPaymentIntentObject().getStatus()).isEqualTo("succeeded");
            assertThat(told()).endsWith("payment_intent.succeeded", "checkout.session.async_payment_succeeded");
        }

        @Test
        void orDoesNot() throws StripeException {
            Session session = stripe.session();
            stripe.simulator.bank().debit(session.getId());

            stripe.simulator.bank().endDebit(session.getId(), DebitEnd.FAILED);

            assertThat(find(session).getPaymentStatus()).isEqualTo("unpaid");
            assertThat(find(session).getPaymentIntentObject().getStatus()).isEqualTo("requires_payment_method");
            assertThat(told()).endsWith("payment_intent.payment_failed", "checkout.session.async_payment_failed");
            assertThatThrownBy(() -> stripe.simulator.bank().endDebit(session.getId(), DebitEnd.SUCCEEDED))
                    .hasMessageContaining("processing");
        }
    }

    @Nested
    class Totals {
        private PromotionCode tenPercentOff() throws StripeException {
            String coupon = stripe.client
                    .v1()
                    .coupons()
                    .create(CouponCreateParams.builder()
                            .setPercentOff(BigDecimal.TEN)
                            .setDuration(CouponCreateParams.Duration.ONCE)
                            .build())
                    .getId();
            return stripe.client
                    .v1()
                    .promotionCodes()
                    .create(PromotionCodeCreateParams.builder()
                            .setCode("TEN")
                            .setPromotion(PromotionCodeCreateParams.Promotion.builder()
                                    .setType(PromotionCodeCreateParams.Promotion.Type.COUPON)
                                    .setCoupon(coupon)
                                    .build())
                            .build());
        }

        @Test
        void subtractTheDiscountThenAddTheTax() throws StripeException {
            PromotionCode code = tenPercentOff();
            stripe.simulator.taxPercent(BigDecimal.valueOf(20));

            Session session = create(SimulatedStripe.nineDollars()
                    .setAutomaticTax(SessionCreateParams.AutomaticTax.builder()
                            .setEnabled(true)
                            .build())
                    .addDiscount(SessionCreateParams.Discount.builder()
                            .setPromotionCode(code.getId())
                            .build()));
            stripe.simulator.pay(session.getId(), SimulatedStripe.VISA);

            Session paid = find(session);
            assertThat(paid.getAmountSubtotal()).isEqualTo(900);
            assertThat(paid.getTotalDetails().getAmountDiscount()).isEqualTo(90);
            assertThat(paid.getTotalDetails().getAmountTax()).isEqualTo(162);
            assertThat(paid.getAmountTotal()).isEqualTo(972);
            assertThat(paid.getAutomaticTax().getEnabled()).isTrue();
            assertThat(paid.getPaymentIntentObject().getAmountReceived()).isEqualTo(972);
            assertThat(paid.getLineItems().getData())
                    .extracting(LineItem::getAmountTotal)
                    .containsExactly(972L);
        }

        @Test
        void changeWhenTheBuyerTypesACode() throws StripeException {
            PromotionCode code = tenPercentOff();
            Session session = create(SimulatedStripe.nineDollars().setAllowPromotionCodes(true));

            stripe.simulator.enterPromotionCode(session.getId(), "ten");

            Session found = find(session);
            assertThat(found.getAmountTotal()).isEqualTo(810);
            assertThat(found.getDiscounts())
                    .singleElement()
                    .satisfies(
                            discount -> assertThat(discount.getPromotionCode()).isEqualTo(code.getId()));
        }

        @Test
        void needNoPaymentWhenNothingIsLeft() throws StripeException {
            String coupon = stripe.client
                    .v1()
                    .coupons()
                    .create(CouponCreateParams.builder()
                            .setAmountOff(5_000L)
                            .setCurrency("usd")
                            .build())
                    .getId();
            Session session = create(SimulatedStripe.nineDollars()
                    .addDiscount(SessionCreateParams.Discount.builder()
                            .setCoupon(coupon)
                            .build()));

            stripe.simulator.pay(session.getId(), SimulatedStripe.VISA);

            Session complete = find(session);
            assertThat(complete.getAmountTotal()).isZero();
            assertThat(complete.getPaymentStatus()).isEqualTo("no_payment_required");
            assertThat(complete.getPaymentIntent()).isNull();
            assertThat(told()).doesNotContain("charge.succeeded").endsWith("checkout.session.completed");
        }

        @Test
        void takeOnlyCodesThatExistWhereCodesAreAllowed() throws StripeException {
            tenPercentOff();
            Session closed = create(SimulatedStripe.nineDollars());
            Session open = create(SimulatedStripe.nineDollars().setAllowPromotionCodes(true));

            assertThatThrownBy(() -> stripe.simulator.enterPromotionCode(closed.getId(), "TEN"))
                    .hasMessageContaining("takes no promotion codes");
            assertThatThrownBy(() -> stripe.simulator.enterPromotionCode(open.getId(), "HUNDRED"))
                    .hasMessageContaining("invalid");
            assertThat(catchThrowableOfType(
                            InvalidRequestException.class,
                            () -> create(SimulatedStripe.nineDollars()
                                    .addDiscount(SessionCreateParams.Discount.builder()
                                            .setCoupon("nothing")
                                            .build()))))
                    .isNotNull();
        }
    }
}
