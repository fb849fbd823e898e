package io.tollgate.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.credit.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenPriceTest {

    private static final long DEAREST = 1_000_000_000_000L;

    static LongStream seeds() {
        return LongStream.generate(new Random()::nextLong).limit(20);
    }

    @Test
    void countsEachClassAtItsOwnPrice() {
        TokenPrice price = new TokenPrice(1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000L);

        assertThat(price.cost(new TokenUsage(1, 2, 3, 4, 5)).micros()).isEqualTo(54_321);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "999999, 1", "1000000, 1", "1000001, 2"})
    void roundsUpOnce(long microsPerMillion, long cost) {
        TokenPrice price = new TokenPrice(microsPerMillion, 0, 0, 0, 0);

        assertThat(price.cost(TokenUsage.of(1, 0)).micros()).isEqualTo(cost);
        assertThat(new TokenPrice(1, 1, 1, 1, 1)
                        .cost(new TokenUsage(1, 1, 1, 1, 1))
                        .micros())
                .isEqualTo(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithArithmeticThatCannotOverflow(long seed) {
        Random random = new Random(seed);
        long[] prices = random.longs(5, 0, DEAREST).toArray();
        long[] tokens = random.longs(5, 0, 1_000).toArray();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < prices.length; i++) {
            sum = sum.add(BigDecimal.valueOf(prices[i]).multiply(BigDecimal.valueOf(tokens[i])));
        }

        Credits cost = new TokenPrice(prices[0], prices[1], prices[2], prices[3], prices[4])
                .cost(new TokenUsage(tokens[0], tokens[1], tokens[2], tokens[3], tokens[4]));

        assertThat(cost.micros())
                .isEqualTo(
                        sum.movePointLeft(6).setScale(0, RoundingMode.CEILING).longValueExact());
    }

    @ParameterizedTest
    @CsvSource({"9, 1, 1, 9", "1, 9, 1, 9", "1, 1, 9, 9"})
    void takesTheDearestInputAsTheMost(long input, long cacheRead, long cacheWrite, long most) {
        TokenPrice price =
                new TokenPrice(input * 1_000_000, cacheRead * 1_000_000, cacheWrite * 1_000_000, 3_000_000, 2_000_000);

        assertThat(price.ceiling(10, 100).micros()).isEqualTo(most * 10 + 300);
    }

    @Test
    void takesTheDearestOutputAsTheMost() {
        assertThat(new TokenPrice(0, 0, 0, 5, 7).dearestOutput()).isEqualTo(7);
        assertThat(new TokenPrice(0, 0, 0, 7, 5).dearestOutput()).isEqualTo(7);
        assertThat(new TokenPrice(0, 0, 0, 5_000_000, 7_000_000).ceiling(0, 10).micros())
                .isEqualTo(70);
    }

    @Test
    void hasTheSamePriceForAllOfASideUnlessTold() {
        assertThat(TokenPrice.of(3, 4)).isEqualTo(new TokenPrice(3, 3, 3, 4, 4));
    }

    @ParameterizedTest
    @CsvSource({"0, input", "1, cache-read", "2, cache-write", "3, output", "4, reasoning"})
    void isBoundedInEachClass(int place, String name) {
        for (long outside : new long[] {-1, DEAREST + 1}) {
            long[] prices = new long[5];
            prices[place] = outside;
            assertThatThrownBy(() -> new TokenPrice(prices[0], prices[1], prices[2], prices[3], prices[4]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(name + " price out of range");
        }
        long[] prices = new long[5];
        prices[place] = DEAREST;
        assertThat(new TokenPrice(prices[0], prices[1], prices[2], prices[3], prices[4]))
                .isNotNull();
    }

    @Test
    void refusesWhatCannotBeCounted() {
        TokenPrice price = TokenPrice.of(DEAREST, DEAREST);

        assertThatThrownBy(() -> price.cost(TokenUsage.of(Long.MAX_VALUE, 0))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> price.ceiling(0, Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void tokensOfASideAreSummed() {
        TokenUsage usage = new TokenUsage(1, 20, 300, 4_000, 50_000);

        assertThat(usage.totalInput()).isEqualTo(321);
        assertThat(usage.totalOutput()).isEqualTo(54_000);
        assertThat(TokenUsage.of(7, 8)).isEqualTo(new TokenUsage(7, 0, 0, 8, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1,0,0,0,0", "0,-1,0,0,0", "0,0,-1,0,0", "0,0,0,-1,0", "0,0,0,0,-1"})
    void tokensAreNotBelowZero(long input, long read, long write, long output, long reasoning) {
        assertThatThrownBy(() -> new TokenUsage(input, read, write, output, reasoning))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
