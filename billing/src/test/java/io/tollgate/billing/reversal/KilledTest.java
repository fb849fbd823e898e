package io.tollgate.billing.reversal;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.payment.Payment;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import reactor.core.publisher.Mono;

/** The database goes away between any two writes of one SQL transaction: all of it happens, later, or nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    private final AtomicInteger untilDeath = new AtomicInteger(-1);
    private final World world = World.stillWith(mortal());
    private final Reversals reversals = world.the(Reversals.class);

    @AfterAll
    void close() {
        world.close();
    }

    static LongStream seeds() {
        return new Random().longs(40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyStepIsWholeOrNotAtAll(long seed) {
        Random random = new Random(seed);
        AccountId account = world.account();
        Payment payment = Purchase.of(world, account, 900, Credits.of(10));
        List<Reading> story = List.of(
                new Reading(
                        List.of(refund(account, RefundPhase.PENDING)), List.of(dispute(account, DisputePhase.OPEN))),
                new Reading(List.of(refund(account, RefundPhase.FAILED)), List.of(dispute(account, DisputePhase.OPEN))),
                new Reading(List.of(refund(account, RefundPhase.FAILED)), List.of(dispute(account, DisputePhase.WON))),
                new Reading(
                        List.of(
                                refund(account, RefundPhase.FAILED),
                                new SeenRefund("re_b_" + account, 450, RefundPhase.SUCCEEDED, null, null, AT)),
                        List.of(dispute(account, DisputePhase.WON))));

        for (Reading reading : story) {
            untilDeath.set(random.nextInt(6));
            try {
                got(reversals.book(payment, reading));
            } catch (StoreUnavailableException dead) {
                assertThat(dead).hasMessage("gone");
            }
            untilDeath.set(-1);
            got(reversals.book(payment, reading));
        }

        assertThat(got(world.the(LiveAccounts.class).read(account)).balance().postedMicros())
                .isEqualTo(5_000_000);
        assertThat(world.number("SELECT taken_micros FROM reversal WHERE payment = '" + payment.id() + "'"))
                .isEqualTo(5_000_000);
        assertThat(world.number(
                        "SELECT CAST(sum(e.amount) AS bigint) FROM ledger_entry e JOIN ledger_transaction t ON t.id ="
                                + " e.ledger_transaction WHERE e.ledger_account = 'stripe:clearing:usd' AND t.account = '"
                                + account + "'"))
                .isEqualTo(450);
    }

    private static SeenRefund refund(AccountId account, RefundPhase phase) {
        return new SeenRefund("re_a_" + account, 100, phase, null, null, AT);
    }

    private static SeenDispute dispute(AccountId account, DisputePhase phase) {
        return new SeenDispute("du_a_" + account, 700, phase, "fraudulent", AT);
    }

    /** What writes in the SQL transaction dies once its hour has come. */
    private BeanPostProcessor mortal() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return switch (bean) {
                    case Ledger _ -> dying(Ledger.class, bean);
                    case Clawbacks _ -> dying(Clawbacks.class, bean);
                    case Grants _ -> dying(Grants.class, bean);
                    case Notices _ -> dying(Notices.class, bean);
                    default -> bean;
                };
            }
        };
    }

    private Object dying(Class<?> type, Object living) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            Object answer;
            try {
                answer = method.invoke(living, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
            return answer instanceof Mono<?> write
                    ? Mono.defer(() -> untilDeath.getAndDecrement() == 0
                            ? Mono.error(new StoreUnavailableException("gone"))
                            : write)
                    : answer;
        });
    }
}
