package io.tollgate.metering.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.credit.Credits;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BasisTest {

    @Test
    void isEarnedProRata() {
        Basis basis = new Basis(new Money(900, "usd"), Credits.of(100));

        assertThat(basis.earnedMinor(Credits.of(100), Credits.of(95))).isEqualTo(45);
    }

    @Test
    void theLastPieceTakesTheRemainder() {
        Basis basis = new Basis(new Money(100, "usd"), Credits.ofMicros(3));

        assertThat(basis.earnedMinor(Credits.ofMicros(3), Credits.ofMicros(2))).isEqualTo(34);
        assertThat(basis.earnedMinor(Credits.ofMicros(2), Credits.ofMicros(1))).isEqualTo(33);
        assertThat(basis.earnedMinor(Credits.ofMicros(1), Credits.ZERO)).isEqualTo(33);
    }

    @Test
    void holdsAtTheBound() {
        Basis basis = new Basis(new Money(Long.MAX_VALUE, "usd"), Credits.MAX);

        assertThat(basis.leftMinor(Credits.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(basis.leftMinor(Credits.ofMicros(1))).isEqualTo(Long.MAX_VALUE / Credits.MICROS_MAX);
        assertThat(basis.leftMinor(Credits.ZERO)).isZero();
    }

    @Test
    void isOfSomeCreditsAndOfNoMoreThanWereBought() {
        Basis basis = new Basis(new Money(100, "usd"), Credits.ofMicros(3));

        assertThatThrownBy(() -> new Basis(new Money(100, "usd"), Credits.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> basis.leftMinor(Credits.ofMicros(4))).isInstanceOf(IllegalArgumentException.class);
        assertThat(basis.leftMinor(Credits.ofMicros(3))).isEqualTo(100);
    }

    static LongStream seeds() {
        return new Random().longs(30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void doesNotDependOnTheStepsTheLotBurnsIn(long seed) {
        Random random = new Random(seed);
        long bought = 1 + random.nextLong(Credits.MICROS_MAX);
        Basis basis = new Basis(new Money(random.nextLong(Long.MAX_VALUE), "usd"), Credits.ofMicros(bought));
        long earned = 0;
        long remaining = bought;
        while (remaining > 0) {
            long next = random.nextInt(10) == 0 ? 0 : random.nextLong(remaining);
            long step = basis.earnedMinor(Credits.ofMicros(remaining), Credits.ofMicros(next));
            assertThat(step).isNotNegative();
            earned += step;
            remaining = next;
        }

        assertThat(earned).isEqualTo(basis.paid().minor());
    }
}
