package io.tollgate.loadtest.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class MicrosTest {
    @Test
    void readsCreditsToTheMicroCredit() {
        assertThat(Micros.of("0.000001")).isEqualTo(1);
        assertThat(Micros.of("9007199254.740991")).isEqualTo((1L << 53) - 1);
        assertThat(Micros.of("12")).isEqualTo(12_000_000);
    }

    @Test
    void neverRounds() {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Micros.of("0.0000001"));
    }

    @Test
    void writesWhatItReads() {
        assertThat(Micros.of(Micros.text(-1_234_567))).isEqualTo(-1_234_567);
    }
}
