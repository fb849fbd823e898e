package io.tollgate.metering.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {

    private static final long MAX = 9_007_199_254_740_991L;

    @Nested
    class Bounds {

        @Test
        void areZeroAndWhatADoubleCounts() {
            assertThat(Credits.ofMicros(0)).isEqualTo(Credits.ZERO);
            assertThat(Credits.ofMicros(MAX)).isEqualTo(Credits.MAX);
            assertThat((double) Credits.MICROS_MAX).isEqualTo((double) MAX);
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, MAX + 1, Long.MIN_VALUE, Long.MAX_VALUE})
        void areNotPassed(long micros) {
            assertThatThrownBy(() -> Credits.ofMicros(micros))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Long.toString(micros));
        }

        @Test
        void holdForWholeCreditsToo() {
            assertThat(Credits.of(9_007_199_254L).micros()).isEqualTo(9_007_199_254_000_000L);
            assertThatThrownBy(() -> Credits.of(9_007_199_255L)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Credits.of(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Credits.of(Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        }
    }

    @Nested
    class Arithmetic {

        @Test
        void addsUpToTheBound() {
            assertThat(Credits.ofMicros(MAX - 1).plus(Credits.ofMicros(1))).isEqualTo(Credits.MAX);
            assertThatThrownBy(() -> Credits.MAX.plus(Credits.ofMicros(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void takesAwayDownToZero() {
            assertThat(Credits.ofMicros(5).minus(Credits.ofMicros(5))).isEqualTo(Credits.ZERO);
            assertThat(Credits.ofMicros(5).minus(Credits.ofMicros(2)).micros()).isEqualTo(3);
            assertThatThrownBy(() -> Credits.ofMicros(5).minus(Credits.ofMicros(6)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @CsvSource({"1, 2, 1", "2, 1, 1", "2, 2, 2"})
        void findsTheLesser(long one, long other, long lesser) {
            assertThat(Credits.ofMicros(one).min(Credits.ofMicros(other)).micros())
                    .isEqualTo(lesser);
        }

        @ParameterizedTest
        @CsvSource({"1, 2, -1", "2, 1, 1", "2, 2, 0"})
        void compares(long one, long other, int order) {
            assertThat(Credits.ofMicros(one).compareTo(Credits.ofMicros(other))).isEqualTo(order);
            assertThat(Credits.ofMicros(one).exceeds(Credits.ofMicros(other))).isEqualTo(order > 0);
        }

        @Test
        void knowsZero() {
            assertThat(Credits.ZERO.isZero()).isTrue();
            assertThat(Credits.ofMicros(1).isZero()).isFalse();
        }
    }

    @Nested
    class Text {

        @ParameterizedTest
        @CsvSource({
            "0, 0",
            "0.000001, 1",
            "0.1, 100000",
            "0.10, 100000",
            "1, 1000000",
            "1e3, 1000000000",
            "10.000000, 10000000",
            "9007199254.740991, 9007199254740991"
        })
        void isReadExactly(String decimal, long micros) {
            assertThat(Credits.parse(decimal).micros()).isEqualTo(micros);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "x",
                    "-0.000001",
                    "0.0000001",
                    "9007199254.740992",
                    "1e99",
                    "1e999999999",
                    "NaN",
                    "Infinity"
                })
        void isRefusedWhereItIsNoAmount(String decimal) {
            assertThatThrownBy(() -> Credits.parse(decimal)).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0",
            "1, 0.000001",
            "100000, 0.1",
            "1000000, 1",
            "100000000, 100",
            "-1500000, -1.5",
            "-20000000, -20"
        })
        void isWrittenPlainly(long micros, String decimal) {
            assertThat(Credits.decimal(micros)).isEqualTo(decimal);
        }

        @Test
        void isTheSameForPeopleAndLogs() {
            Credits amount = Credits.ofMicros(1_230_000);

            assertThat(amount.toDecimal()).isEqualTo("1.23");
            assertThat(amount).hasToString("1.23");
        }
    }
}
