package io.tollgate.gateway.topup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.ledger.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTextTest {

    @Test
    void aPriceHasItsCurrencysDecimals() {
        assertThat(MoneyText.format(new Money(900, "usd"))).isEqualTo("$9.00");
        assertThat(MoneyText.format(new Money(123_456, "eur"))).isEqualTo("€1,234.56");
        assertThat(MoneyText.format(new Money(900, "jpy"))).isEqualTo("¥900");
        assertThat(MoneyText.format(new Money(500, "kwd"))).endsWith("0.500");
    }

    @ParameterizedTest
    @CsvSource({"isk,50000,500.00", "ugx,50000,500.00", "mga,500,500"})
    void stripeCountsSomeCurrenciesOtherwiseThanTheStandard(String currency, long minor, String text) {
        assertThat(MoneyText.format(new Money(minor, currency))).endsWith(text);
        assertThat(MoneyText.parseMinor("500", currency)).hasValue(minor);
    }

    @ParameterizedTest
    @CsvSource({"12,usd,1200", "12.5,usd,1250", "'12,50',usd,1250", "' 7 ',usd,700", "0.01,usd,1", "900,jpy,900"})
    void anAmountAsPeopleTypeItBecomesMinorUnits(String text, String currency, long minor) {
        assertThat(MoneyText.parseMinor(text, currency)).hasValue(minor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1e3", "0x10", "1.234", "1,234.00", "$5", "٥", "1.", "9999999999"})
    void whatIsNoAmountIsNone(String text) {
        assertThat(MoneyText.parseMinor(text, "usd")).isEmpty();
    }
}
