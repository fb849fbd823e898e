package io.tollgate.billing.planchange;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.StripeException;
import io.tollgate.billing.World;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.planchange.ChangeResult.Made;
import io.tollgate.billing.planchange.ChangeResult.Refused;
import io.tollgate.billing.planchange.ChangeResult.Scheduled;
import io.tollgate.billing.planchange.ChangeResult.Undecided;
import io.tollgate.billing.planchange.ChangeTill.Done;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.sandbox.stripe.DeliveryMode;
import io.tollgate.sandbox.stripe.Outage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import reactor.core.publisher.Mono;

/** Changes whose answer is lost, and gateways that die at them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswersTest {

    private static final Set<String> CHANGING = Set.of("change", "schedule");

    private UnaryOperator<Mono<Done>> around = UnaryOperator.identity();

    private final World world = World.stillWith(
            new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof ChangeTill till ? between(till) : bean;
                }
            },
            with("tollgate.billing.stripe.call-timeout=2s", "tollgate.billing.stripe.retries=0"));

    private static String[] with(String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(Owner.PLANS), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    private ChangeTill between(ChangeTill till) {
        return (ChangeTill) Proxy.newProxyInstance(
                ChangeTill.class.getClassLoader(),
                new Class<?>[] {ChangeTill.class},
                (_, method, arguments) -> call(till, method, arguments));
    }

    @SuppressWarnings("unchecked") // those two answer nothing else
    private Object call(ChangeTill till, Method method, Object[] arguments) throws Throwable {
        try {
            Object answer = method.invoke(till, arguments);
            return CHANGING.contains(method.getName()) ? around.apply((Mono<Done>) answer) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @BeforeAll
    void holdBack() {
        world.stripe().deliverWebhooks(DeliveryMode.DROPPED);
    }

    @AfterEach
    void repair() {
        around = UnaryOperator.identity();
        world.stripe().endOutage();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMEOUT_BEFORE_EFFECT", "TIMEOUT_AFTER_EFFECT", "ERROR_500", "ERROR_500_SAVED", "RATE_LIMIT"})
    void areFoundOutByLooking(Outage outage) throws StripeException {
        Owner owner = Owner.of(world, "small", Interval.MONTH);
        owner.halfAPeriod();
        around = call -> Mono.defer(() -> {
            world.stripe().outage(outage, 1);
            return call;
        });

        assertThat(owner.change("big", null)).isEqualTo(new Undecided());
        assertThat(owner.changeState()).isEqualTo("OPEN");
        repair();
        assertThat(owner.change("big", null)).isEqualTo(new Refused(new Refusal.UnderWay()));

        // The JDK sends a request again whose connection was closed, so it may come late.
        found(owner, outage == Outage.TIMEOUT_AFTER_EFFECT || isBig(owner));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofGatewaysThatDieAreFoundOutByTheOthers(boolean after) throws StripeException {
        Owner owner = Owner.of(world, "small", Interval.MONTH);
        owner.halfAPeriod();
        Mono<Done> death = Mono.error(new StoreUnavailableException("this gateway is no more"));
        around = call -> after ? call.then(death) : death;

        assertThat(world.the(PlanChanges.class)
                        .change(owner.account, new Wish("big", null), null)
                        .onErrorResume(StoreUnavailableException.class, _ -> Mono.just(new Undecided()))
                        .block())
                .isEqualTo(new Undecided());
        repair();

        found(owner, after);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofDowngradesAreFoundOutToo(boolean after) throws StripeException {
        Owner owner = Owner.of(world, "big", Interval.MONTH);
        around = call -> Mono.defer(() -> {
            if (after) {
                return call.then(Mono.just(
                                new Done.As(got(world.the(ChangeTill.class).held(owner.subscription())))))
                        .then(Mono.error(new io.tollgate.billing.checkout.StripeUnavailableException(
                                io.tollgate.billing.checkout.StripeUnavailableException.Effect.UNKNOWN,
                                "no answer",
                                null)));
            }
            world.stripe().outage(Outage.TIMEOUT_BEFORE_EFFECT, 1);
            return call;
        });

        assertThat(owner.change("small", null)).isEqualTo(new Undecided());
        repair();
        world.advance(Duration.ofMinutes(2));
        var _ = got(world.the(SettlementLoop.class).turn());

        assertThat(owner.changeState()).isEqualTo(after ? "SCHEDULED" : "NOT_MADE");
        if (!after) {
            assertThat(owner.change("small", null)).isInstanceOf(Scheduled.class);
        }
        owner.nextPeriod();
        assertThat(owner.standing().plan()).isEqualTo("small");
    }

    private static boolean isBig(Owner owner) throws StripeException {
        return owner.shown().getItems().getData().getFirst().getPrice().getUnitAmount() == 5000;
    }

    private void found(Owner owner, boolean made) throws StripeException {
        world.advance(Duration.ofMinutes(2));
        var _ = got(world.the(SettlementLoop.class).turn());

        assertThat(owner.changeState()).isEqualTo(made ? "MADE" : "NOT_MADE");
        assertThat(owner.standing().plan()).isEqualTo(made ? "big" : "small");
        if (made) {
            assertThat(owner.spendable()).isEqualTo(Credits.of(300));
        } else {
            assertThat(owner.spendable()).isEqualTo(Credits.of(100));
            assertThat(owner.change("big", null)).isInstanceOf(Made.class);
        }
        assertThat(owner.settle().payments("PLAN_CHANGE")).isEqualTo(1);
    }
}
