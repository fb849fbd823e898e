package io.tollgate.billing.subscription;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.billing.World;
import io.tollgate.billing.topup.Delivery;
import io.tollgate.metering.account.AccountId;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.config.BeanPostProcessor;
import reactor.core.publisher.Mono;

/** The free plan's schedule while nothing can be pushed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanScheduleTest {

    private final World world = World.stillWith(
            new Unreachable(),
            Stream.concat(Arrays.stream(Subscriber.PLANS), Stream.of("tollgate.billing.subscription.free-plan=free"))
                    .toArray(String[]::new));

    @AfterAll
    void close() {
        world.close();
    }

    /** Nothing that is pushed arrives. */
    private static final class Unreachable implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof Delivery ? unreachable() : bean;
        }

        private static Delivery unreachable() {
            return command -> Mono.error(new IllegalStateException("the live store is away"));
        }
    }

    private void turn() {
        var _ = got(world.the(PlanSchedule.class).turn());
    }

    private AccountId openedTwoDaysAgo() {
        AccountId account = world.account();
        world.book()
                .owner()
                .sql("UPDATE account SET created_at = now() - interval '2 days' WHERE id = '" + account + "'")
                .then()
                .block();
        return account;
    }

    @Test
    void givesToAllInOneTurnAndLeavesThePushesToTheCourier() {
        AccountId one = world.account();
        AccountId other = world.account();

        turn();

        assertThat(world.grantsOf(one)).isEqualTo(1);
        assertThat(world.grantsOf(other)).isEqualTo(1);
    }

    @Test
    void findsWhoWasOpenedLongAgoWithinTheHour() {
        AccountId before = openedTwoDaysAgo();
        world.advance(Duration.ofHours(2));
        turn();
        assertThat(world.grantsOf(before)).isEqualTo(1);

        AccountId since = openedTwoDaysAgo();
        turn();
        world.advance(Duration.ofHours(1));
        turn();

        assertThat(world.grantsOf(since)).isEqualTo(1);
    }

    @Test
    void isAboutOneAccountAtLeast() {
        PlanBook book = world.the(PlanBook.class);
        PlanRules rules = world.the(PlanRules.class);
        Plans plans = world.the(Plans.class);
        Delivery delivery = world.the(Delivery.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlanSchedule(book, rules, plans, delivery, 0))
                .withMessageContaining("at least, not 0");
    }
}
