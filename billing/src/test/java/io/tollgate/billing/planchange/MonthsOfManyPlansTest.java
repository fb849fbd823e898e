package io.tollgate.billing.planchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However often the plan is changed, a month gives what the time of its plans is worth, and what its best plan gives at most. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonthsOfManyPlansTest {

    private final World world = World.still(Owner.PLANS);

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterAll
    void close() {
        world.close();
    }

    static LongStream seeds() {
        return new Random().longs(Integer.getInteger("seeds", 4));
    }

    @Test
    void upAndDownAndUpAgainGivesOneUpgrade() throws StripeException {
        Owner owner = Owner.of(world, "small", Interval.MONTH);
        String small = owner.price("small", 1000);
        String big = owner.price("big", 5000);
        owner.halfAPeriod();

        for (int turn = 0; turn < 4; turn++) {
            owner.page().changePlan(owner.subscription(), big);
            var _ = owner.look();
            owner.page().changePlan(owner.subscription(), small);
            var _ = owner.look();
        }

        assertThat(owner.settle().given()).isEqualTo(Credits.of(300));
    }

    @Test
    void givesTheSameWhenAllIsHeardOfAtTheEnd() throws StripeException {
        Owner owner = Owner.of(world, "small", Interval.MONTH);
        owner.halfAPeriod();
        owner.page().changePlan(owner.subscription(), owner.price("big", 5000));
        owner.page().changePlan(owner.subscription(), owner.price("small", 1000));
        owner.page().changePlan(owner.subscription(), owner.price("big", 5000));

        assertThat(owner.look().given()).isEqualTo(Credits.of(300));
        assertThat(owner.settle().given()).isEqualTo(Credits.of(300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void giveNoMoreThanTheirTimeIsWorth(long seed) throws StripeException {
        Random random = new Random(seed);
        Owner owner = Owner.of(world, "small", Interval.MONTH);
        List<Held> held = new ArrayList<>(List.of(new Held("small", start(owner))));
        for (int month = 0; month < 3; month++) {
            Instant from = start(owner);
            Credits before = month == 0 ? Credits.ZERO : owner.given();
            long renewed = month == 0 ? 0 : allowance(held.getLast().plan());
            for (int step = 0; step < 4; step++) {
                world.advance(Duration.ofMinutes(1 + random.nextLong(6 * 24 * 60)));
                String plan = List.of("small", "middle", "big").get(random.nextInt(3));
                owner.page().changePlan(owner.subscription(), owner.price(plan, 10 * allowance(plan)));
                held.add(new Held(plan, world.stripe().now()));
                if (random.nextBoolean()) {
                    var _ = owner.look();
                }
            }
            var _ = owner.settle();
            Credits given = Credits.ofMicros(owner.given().micros()
                    - before.micros()
                    + Credits.of(renewed).micros());
            assertThat(given.micros())
                    .as("month %d of %s", month, held)
                    .isLessThanOrEqualTo(best(held, from) * Credits.MICROS_PER_CREDIT);
            assertThat(given.micros())
                    .as("month %d of %s", month, held)
                    .isGreaterThanOrEqualTo(worth(held, from, end(owner)) - 100);
            owner.nextPeriod();
        }
    }

    // Each costs a cent for a tenth of a credit.
    private static long allowance(String plan) {
        return switch (plan) {
            case "small" -> 100;
            case "middle" -> 250;
            default -> 500;
        };
    }

    private record Held(String plan, Instant since) {}

    private static Instant start(Owner owner) throws StripeException {
        return Instant.ofEpochSecond(
                owner.shown().getItems().getData().getFirst().getCurrentPeriodStart());
    }

    private static Instant end(Owner owner) throws StripeException {
        return Instant.ofEpochSecond(
                owner.shown().getItems().getData().getFirst().getCurrentPeriodEnd());
    }

    private static long best(List<Held> held, Instant from) {
        long best = 0;
        for (int i = 0; i < held.size(); i++) {
            boolean reaches = i == held.size() - 1 || held.get(i + 1).since().isAfter(from);
            best = reaches ? Math.max(best, allowance(held.get(i).plan())) : best;
        }
        return best;
    }

    /** What the plans give for the time of each, from {@code from} on, the last one until {@code end}; rounded down. */
    private static long worth(List<Held> held, Instant from, Instant end) {
        long length = Duration.between(from, end).toSeconds();
        double worth = 0;
        for (int i = 0; i < held.size(); i++) {
            Instant since =
                    held.get(i).since().isBefore(from) ? from : held.get(i).since();
            Instant until = i == held.size() - 1 ? end : held.get(i + 1).since();
            long seconds = Math.max(0, Duration.between(since, until).toSeconds());
            worth += (double) allowance(held.get(i).plan()) * Credits.MICROS_PER_CREDIT * seconds / length;
        }
        // A second more or less, which Stripe's clock does not show.
        return (long) worth - 5 * 500 * Credits.MICROS_PER_CREDIT / length;
    }
}
