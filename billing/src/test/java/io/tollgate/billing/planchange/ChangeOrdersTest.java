package io.tollgate.billing.planchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.webhook.StoredEvents.TakenEvent;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stripe.DeliveryMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The news of changes, in whatever order and number, comes to the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeOrdersTest {

    private static final int PERMUTATIONS_OF_FIVE = 120;

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
        return new Random().longs(Integer.getInteger("seeds", 20));
    }

    private static <T> List<T> permuted(List<T> five, int number) {
        List<T> left = new ArrayList<>(five);
        List<T> order = new ArrayList<>();
        int rest = number;
        for (int size = five.size(); size > 0; size--) {
            order.add(left.remove(rest % size));
            rest /= size;
        }
        return order;
    }

    private static List<TakenEvent> lastOfEach(List<TakenEvent> events, String... types) {
        List<TakenEvent> chosen = new ArrayList<>();
        for (String type : types) {
            chosen.add(events.stream()
                    .filter(event -> event.type().equals(type))
                    .reduce((earlier, later) -> later)
                    .orElseThrow(() -> new AssertionError("no " + type + " among " + events)));
        }
        return chosen;
    }

    @Test
    void ofAnUpgradeInThePortalGivesItsShareOnceInEveryOrder() throws StripeException {
        List<Owner> owners = new ArrayList<>();
        for (int i = 0; i < PERMUTATIONS_OF_FIVE; i++) {
            owners.add(Owner.of(world, "small", Interval.MONTH));
        }
        String big = owners.getFirst().price("big", 5000);
        for (int number = 0; number < PERMUTATIONS_OF_FIVE; number++) {
            Owner owner = owners.get(number);
            owner.page().changePlan(owner.subscription(), big);
            List<TakenEvent> five = lastOfEach(
                    owner.events(),
                    "customer.subscription.updated",
                    "invoice.created",
                    "invoice.finalized",
                    "invoice.paid",
                    "invoice_payment.paid");

            permuted(five, number).forEach(owner::handle);

            assertThat(owner.given().micros())
                    .as("permutation %d", number)
                    .isBetween(Credits.of(499).micros(), Credits.of(500).micros());
            assertThat(owner.payments("PLAN_CHANGE")).isEqualTo(1);
            assertThat(owner.standing().plan()).isEqualTo("big");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofAPurchaseAndChangesUpAndDownAndUp(long seed) throws StripeException {
        Random random = new Random(seed);
        Owner owner = Owner.unheardOf(world, "small", Interval.MONTH);
        owner.halfAPeriod();
        owner.page().changePlan(owner.subscription(), owner.price("big", 5000));
        owner.page().changePlan(owner.subscription(), owner.price("small", 1000));
        owner.page().changePlan(owner.subscription(), owner.price("middle", 2500));
        List<TakenEvent> events = new ArrayList<>(owner.events());
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, random);

        events.forEach(owner::handle);

        assertThat(owner.given()).isEqualTo(Credits.of(300));
        assertThat(owner.payments("PLAN")).isEqualTo(1);
        assertThat(owner.payments("PLAN_CHANGE")).isEqualTo(1);
        assertThat(owner.standing().plan()).isEqualTo("middle");
        assertThat(owner.spendable()).isEqualTo(Credits.of(300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void ofADowngradeThatWaitsAndIsTakenBackOrComes(long seed) throws StripeException {
        Random random = new Random(seed);
        boolean takenBack = random.nextBoolean();
        Owner owner = Owner.of(world, "big", Interval.MONTH);
        var _ = owner.change("small", Interval.MONTH);
        if (takenBack) {
            var _ = owner.change("big", Interval.MONTH);
        }
        owner.nextPeriod();
        List<TakenEvent> events = new ArrayList<>(owner.events());
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, random);

        events.forEach(owner::handle);

        assertThat(owner.standing().plan()).isEqualTo(takenBack ? "big" : "small");
        assertThat(owner.standing().pending()).isNull();
        assertThat(owner.spendable()).isEqualTo(Credits.of(takenBack ? 500 : 100));
        assertThat(owner.given()).isEqualTo(Credits.of(takenBack ? 1000 : 600));
    }
}
