package io.tollgate.billing.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.credit.Credits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimsTest {

    static LongStream seeds() {
        return new Random().longs(200); // fresh on every run; a failure names the seed to replay
    }

    @Test
    void nothingOutClaimsNothing() {
        assertThat(claimed(900, 10_000_000)).isZero();
        assertThat(claimed(0, 10_000_000)).isZero();
    }

    @Test
    void aPartClaimsItsShareRoundedDownAndTheLastPartTheRest() {
        assertThat(claimed(3, 10, 1)).isEqualTo(3);
        assertThat(claimed(3, 10, 1, 1)).isEqualTo(6);
        assertThat(claimed(3, 10, 1, 1, 1)).isEqualTo(10);
    }

    @Test
    void moreOutThanWasPaidClaimsNoMoreThanWasGranted() {
        assertThat(claimed(900, 10_000_000, 900, 900)).isEqualTo(10_000_000);
        assertThat(claimed(900, 10_000_000, 500, 900)).isEqualTo(10_000_000);
    }

    @Test
    void aClaimThatSaysWhatGoesWithItTakesThatAndTheOthersTheirShare() {
        Claims claims = new Claims(
                900,
                Credits.ofMicros(10_000_000),
                List.of(new Claim(420, Credits.ofMicros(4_670_000)), new Claim(300, null)));

        assertThat(claims.credits().micros()).isEqualTo(4_670_000 + 3_333_333);
        assertThat(claims.leftMinor()).isEqualTo(180);
    }

    @Test
    void theLargestAmountsDoNotOverflow() {
        assertThat(claimed(99_999_999_999L, Credits.MICROS_MAX, 99_999_999_998L))
                .isEqualTo(Credits.MICROS_MAX - 90_072L);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anySplitOfARefundTakesTheSameInAll(long seed) {
        Random random = new Random(seed);
        long paid = 1 + random.nextLong(1_000_000);
        long granted = 1 + random.nextLong(random.nextBoolean() ? 1_000 : Credits.MICROS_MAX);
        List<Long> parts = split(paid, random);
        List<Long> otherOrder = new ArrayList<>(parts);
        Collections.shuffle(otherOrder, random);

        assertThat(takenStepByStep(paid, granted, parts)).isEqualTo(granted);
        assertThat(takenStepByStep(paid, granted, otherOrder)).isEqualTo(granted);
        long half = parts.size() / 2;
        assertThat(claimed(paid, granted, parts.stream().limit(half).toList()))
                .isEqualTo(claimed(paid, granted, one(parts.stream().limit(half).toList())));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatComesAndGoesLeavesNothingBehind(long seed) {
        Random random = new Random(seed);
        long paid = 1 + random.nextLong(10_000);
        long granted = 1 + random.nextLong(1_000_000_000);
        List<Long> out = new ArrayList<>();
        long taken = 0;
        for (int step = 0; step < 40; step++) {
            if (out.isEmpty() || random.nextBoolean()) {
                out.add(1 + random.nextLong(paid));
            } else {
                out.remove(random.nextInt(out.size()));
            }
            long now = claimed(paid, granted, out);
            taken += now - taken;
            assertThat(taken).as("step %d", step).isBetween(0L, granted);
        }
        out.clear();

        assertThat(taken + claimed(paid, granted, out) - taken).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneClaimMoreNeverClaimsLess(long seed) {
        Random random = new Random(seed);
        long paid = 1 + random.nextLong(10_000);
        long granted = 1 + random.nextLong(1_000_000);
        List<Claim> claims = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < 10; i++) {
            long amount = 1 + random.nextLong(paid);
            Credits exactly = random.nextInt(4) == 0 ? Credits.ofMicros(Claims.share(granted, amount, paid)) : null;
            claims.add(new Claim(amount, exactly));
            long now = new Claims(paid, Credits.ofMicros(granted), claims)
                    .credits()
                    .micros();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private static long takenStepByStep(long paid, long granted, List<Long> parts) {
        List<Long> out = new ArrayList<>();
        long taken = 0;
        for (long part : parts) {
            out.add(part);
            long more = claimed(paid, granted, out) - taken;
            assertThat(more).isNotNegative();
            taken += more;
        }
        return taken;
    }

    private static List<Long> split(long whole, Random random) {
        List<Long> parts = new ArrayList<>();
        long left = whole;
        while (left > 0 && parts.size() < 50) {
            long part = 1 + random.nextLong(left);
            parts.add(part);
            left -= part;
        }
        if (left > 0) {
            parts.add(left);
        }
        return parts;
    }

    private static List<Long> one(List<Long> parts) {
        long sum = parts.stream().mapToLong(part -> part).sum();
        return sum == 0 ? List.of() : List.of(sum);
    }

    private static long claimed(long paid, long granted, long... parts) {
        return claimed(paid, granted, LongStream.of(parts).boxed().toList());
    }

    private static long claimed(long paid, long granted, List<Long> parts) {
        List<Claim> claims = parts.stream().map(part -> new Claim(part, null)).toList();
        return new Claims(paid, Credits.ofMicros(granted), claims).credits().micros();
    }
}
