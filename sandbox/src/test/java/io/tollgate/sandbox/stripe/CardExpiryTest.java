package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PaymentMethodCreateParams;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cards are good until the end of the month that is printed on them, in virtual time. */
class CardExpiryTest {
    private final SimulatedStripe stripe = new SimulatedStripe();
    private final YearMonth now = YearMonth.from(stripe.simulator.now().atZone(ZoneOffset.UTC));

    @AfterEach
    void stop() {
        stripe.close();
    }

    private PaymentMethod card(YearMonth expiry) throws StripeException {
        return stripe.client
                .v1()
                .paymentMethods()
                .create(PaymentMethodCreateParams.builder()
                        .setType(PaymentMethodCreateParams.Type.CARD)
                        .setCard(PaymentMethodCreateParams.CardDetails.builder()
                                .setNumber(SimulatedStripe.VISA)
                                .setExpMonth((long) expiry.getMonthValue())
                                .setExpYear((long) expiry.getYear())
                                .setCvc("123")
                                .build())
                        .build());
    }

    private PaymentIntent payOffSession(Customer customer, PaymentMethod card) throws StripeException {
        return stripe.client
                .v1()
                .paymentIntents()
                .create(StripeUnderTest.fiveDollars(card.getId())
                        .setCustomer(customer.getId())
                        .setOffSession(true)
                        .build());
    }

    @Test
    void aSavedCardPaysUntilItsMonthIsOver() throws StripeException {
        Customer customer = stripe.client.v1().customers().create();
        PaymentMethod card = stripe.client
                .v1()
                .paymentMethods()
                .attach(
                        card(now).getId(),
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer.getId())
                                .build());
        assertThat(payOffSession(customer, card).getStatus()).isEqualTo("succeeded");

        stripe.simulator.advanceClock(Duration.ofDays(31));

        CardException refused = catchThrowableOfType(CardException.class, () -> payOffSession(customer, card));
        assertThat(refused.getCode()).isEqualTo("expired_card");
        assertThat(refused.getStripeError().getPaymentIntent().getStatus()).isEqualTo("requires_payment_method");
    }

    @Test
    void anExpiredCardIsNotTaken() {
        CardException refused = catchThrowableOfType(CardException.class, () -> card(now.minusMonths(1)));

        assertThat(refused.getCode()).isEqualTo("invalid_expiry_year");
    }
}
