package io.tollgate.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTextTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.001, 1000", "0.3125, 312500", "2, 2000000", "1e2, 100000000", "1000000, 1000000000000"})
    void pricesArePerMillionTokens(String decimal, long micros) {
        assertThat(PriceText.perMillion("gpt", "input", decimal)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource({"0.000002, 2", "0.00000015, 0.15", "0.00006, 60", "0.000999, 999"})
    void aPricePerTokenIsRefusedAndSaysWhatItIsPerMillion(String decimal, String perMillion) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceText.perMillion("gpt", "output", decimal))
                .withMessageContaining("price of gpt for output tokens")
                .withMessageContaining("looks like a price per token; per million that is " + perMillion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000.1", "1e99", "1.0000001", "two", ""})
    void whatIsNoPriceIsRefusedByName(String decimal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceText.perMillion("gpt", "input", decimal))
                .withMessageContaining("price of gpt for input tokens");
    }

    @Test
    void aPriceThatIsNotGivenIsAnother() {
        assertThat(PriceText.perMillionOr(7, "gpt", "cache-read", null)).isEqualTo(7);
    }
}
