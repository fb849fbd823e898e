package io.tollgate.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @ValueSource(strings = {"usd", "eur", "jpy", "kwd"})
    void isInACurrency(String currency) {
        assertThat(new Money(1, currency).currency()).isEqualTo(currency);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us", "USD", "Usd", "zzz", "usdt", "u$d", "usd "})
    void isInNothingElse(String currency) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Money(1, currency))
                .withMessageContaining("currency has to be an ISO 4217 code in lower case");
    }

    @Test
    void isNotBelowZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Money(-1, "usd"));
    }

    @Test
    void mayBeNothing() {
        assertThat(new Money(0, "usd").minor()).isZero();
    }
}
