package io.tollgate.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.history.Papers;
import io.tollgate.billing.history.PaymentLine;
import io.tollgate.billing.payment.Payment;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentCsvTest {

    @Test
    void sayWhatWasPaidAndWhatWentBack() {
        assertThat(PaymentCsv.of(List.of(line("Small"))))
                .endsWith("\r\n2030-01-31T12:00:00Z,\"ord_1\",\"top_up\",\"Small\",900,\"usd\",10,100,0,,"
                        + "\"https://receipt\",,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "+", "-", "@", "\t", "\r", "\n"})
    void titlesAreNoFormulas(String first) {
        assertThat(PaymentCsv.of(List.of(line(first + "HYPERLINK(\"x\")"))))
                .contains(",\"'" + first + "HYPERLINK(\"\"x\"\")\",");
    }

    private static PaymentLine line(String title) {
        Payment payment = new Payment(
                "ord_1",
                new AccountId("acc"),
                Payment.Kind.TOP_UP,
                title,
                new Money(900, "usd"),
                Credits.of(10),
                "pi_1",
                null,
                "cs_1",
                1L,
                Instant.parse("2030-01-31T12:00:00Z"));
        return new PaymentLine(payment, 100, 0, new Papers("https://receipt", null, null, null, null));
    }
}
