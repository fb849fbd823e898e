package io.tollgate.gateway.fault;

import static io.tollgate.gateway.fault.FragileGateway.MAX_UNHELD;
import static io.tollgate.gateway.fault.FragileGateway.REFUSING;
import static io.tollgate.gateway.fault.FragileGateway.TRUSTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.Operator.Customer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store goes away, and comes back: what clients are told meanwhile, how fast, and that every answer is charged once in the end. */
@Timeout(120)
class DegradationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int CALLS = 8;

    /** Milliseconds, much less than Redis' command timeout: a store that is known to be silent is not waited for. */
    private static final long AT_ONCE = 1_000;

    private static FragileGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new FragileGateway();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void mend() {
        gateway.mend();
        await("the gateway to serve again")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> gateway.unheld() == 0 && gateway.pendingEnds() == 0);
    }

    /** How Redis is away. */
    enum Absence {
        KILLED,
        UNPLUGGED,
        SILENT;

        void strike() {
            switch (this) {
                case KILLED -> gateway.stores.redis().kill();
                case UNPLUGGED -> {
                    gateway.redisWire.refuse();
                    gateway.redisWire.cut();
                }
                case SILENT -> gateway.redisWire.stall();
            }
        }

        void repair() {
            switch (this) {
                case KILLED -> gateway.stores.redis().start();
                case UNPLUGGED -> gateway.redisWire.accept();
                case SILENT -> gateway.redisWire.flow();
            }
        }
    }

    @Nested
    class WithoutRedis {
        @ParameterizedTest
        @EnumSource
        void aRouteThatRefusesSaysSoAndServesAgainSoonAfter(Absence absence) {
            Customer customer = gateway.customer();
            absence.strike();
            List<Long> refusals = new ArrayList<>();

            for (int i = 0; i < CALLS; i++) {
                long sent = System.nanoTime();
                HttpResponse<String> refused = gateway.call(REFUSING, customer);
                refusals.add(millisSince(sent));
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
                assertThat(refused.body()).contains("\"store_unavailable\"");
            }
            absence.repair();
            long repaired = System.nanoTime();
            await("an answer")
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .until(() -> gateway.call(REFUSING, customer).statusCode() == 200);

            System.out.printf(
                    "degradation [Redis %s, refuse]: refused in %s ms, answered again %d ms after the repair%n",
                    absence, refusals, millisSince(repaired));
            assertThat(refusals.getLast()).as("ms to refuse").isLessThan(AT_ONCE);
        }

        @ParameterizedTest
        @EnumSource
        void aRouteThatAllowsAnswersAndChargesEachCallOnceAfterwards(Absence absence) {
            Customer customer = gateway.customer();
            int charged = charges(customer, 1);
            absence.strike();
            List<HttpResponse<String>> answers = new ArrayList<>();
            List<Long> took = new ArrayList<>();

            for (int i = 0; i < CALLS; i++) {
                long sent = System.nanoTime();
                HttpResponse<String> answer = gateway.call(TRUSTING, customer);
                took.add(millisSince(sent));
                assertThat(answer.statusCode()).isEqualTo(200);
                answers.add(answer);
            }
            assertThat(gateway.unheld()).isEqualTo(CALLS);
            absence.repair();
            long repaired = System.nanoTime();
            gateway.awaitCharged(customer, answers);

            System.out.printf(
                    "degradation [Redis %s, allow]: answered in %s ms, all %d charged %d ms after the repair%n",
                    absence, took, CALLS, millisSince(repaired));
            assertThat(took.getLast()).as("ms to answer").isLessThan(AT_ONCE);
            assertThat(gateway.charges(customer)).isEqualTo(charged + CALLS);
        }

        @Test
        void aStreamThatIsAllowedIsChargedOnceToo() {
            Customer customer = gateway.customer();
            Absence.UNPLUGGED.strike();

            HttpResponse<String> stream = gateway.call(TRUSTING, customer, "gpt-sim", ",\"stream\":true");
            Absence.UNPLUGGED.repair();

            assertThat(stream.body()).endsWith("data: [DONE]\n\n");
            gateway.awaitCharged(customer, List.of(stream));
            assertThat(gateway.charges(customer)).isEqualTo(2);
        }

        @Test
        void aCallThatIsAllowedAndFailsIsNotCharged() {
            Customer customer = gateway.customer();
            charges(customer, 1);
            Absence.UNPLUGGED.strike();

            HttpResponse<String> failed = gateway.call(TRUSTING, customer, "fault:status-500", "");
            Absence.UNPLUGGED.repair();

            assertThat(failed.statusCode()).isEqualTo(500);
            await("the place").atMost(PATIENCE).pollInterval(POLL).until(() -> gateway.unheld() == 0);
            HttpResponse<String> next = gateway.call(TRUSTING, customer);
            gateway.awaitCharged(customer, List.of(next));
            assertThat(gateway.charges(customer)).isEqualTo(2);
        }

        @Test
        void noMoreCallsAreAllowedThanThereArePlacesForUntilTheyAreCharged() {
            Customer customer = gateway.customer();
            Absence.UNPLUGGED.strike();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (int i = 0; i < MAX_UNHELD; i++) {
                answers.add(gateway.call(TRUSTING, customer));
            }

            HttpResponse<String> beyond = gateway.call(TRUSTING, customer);

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
            assertThat(beyond.statusCode()).isEqualTo(503);
            assertThat(beyond.headers().firstValue("Retry-After")).hasValue("2");
            Absence.UNPLUGGED.repair();
            gateway.awaitCharged(customer, answers);
            assertThat(gateway.call(TRUSTING, customer).statusCode()).isEqualTo(200);
        }

        @Test
        void callsThatWereAllowedAreChargedOnceThoughRedisComesBackEmpty() {
            Customer customer = gateway.customer();
            charges(customer, 1);
            gateway.stores.redis().kill();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(gateway.call(TRUSTING, customer));
            }

            gateway.stores.redis().startEmpty();

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
            gateway.awaitCharged(customer, answers);
            assertThat(gateway.charges(customer)).isEqualTo(1 + CALLS);
        }
    }

    @Nested
    class WithoutPostgres {
        @Test
        void callsGoOnWithKnownKeys() {
            Customer customer = gateway.customer();
            gateway.stores.postgres().kill();
            List<HttpResponse<String>> answers = new ArrayList<>();
            List<Long> took = new ArrayList<>();

            for (int i = 0; i < 3 * CALLS; i++) {
                long sent = System.nanoTime();
                answers.add(gateway.call(REFUSING, customer));
                took.add(millisSince(sent));
            }
            gateway.stores.postgres().start();
            long repaired = System.nanoTime();

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
            gateway.awaitCharged(customer, answers);
            System.out.printf(
                    "degradation [Postgres killed]: answered in %s ms, all booked %d ms after the repair%n",
                    took, millisSince(repaired));
        }
    }

    @Nested
    class WithoutBoth {
        @Test
        void callsThatAreAllowedWaitForTheBookBeforeTheyAreCharged() {
            Customer customer = gateway.customer();
            charges(customer, 1);
            gateway.stores.postgres().kill();
            Absence.UNPLUGGED.strike();
            assertThat(gateway.call(REFUSING, customer).statusCode()).isEqualTo(503);
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(gateway.call(TRUSTING, customer));
            }
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);

            Absence.UNPLUGGED.repair();
            await("Redis to serve")
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .until(() -> gateway.call(REFUSING, customer).statusCode() == 200);
            assertThat(gateway.unheld()).isEqualTo(CALLS);

            gateway.stores.postgres().start();
            long repaired = System.nanoTime();
            gateway.awaitCharged(customer, answers);
            System.out.printf(
                    "degradation [both, Redis back first]: all %d charged %d ms after Postgres was back%n",
                    CALLS, millisSince(repaired));
            assertThat(gateway.charges(customer)).isGreaterThanOrEqualTo(1 + CALLS);
        }
    }

    /** Waits until so many calls are booked. */
    private static int charges(Customer customer, int wanted) {
        await("the book").atMost(PATIENCE).pollInterval(POLL).until(() -> gateway.charges(customer) == wanted);
        return wanted;
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }
}
