package io.tollgate.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.fault.ClientCall.Kind;
import io.tollgate.gateway.fault.Witnesses.Position;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two gateways, one account, many clients at once, and credit for so many of their calls. */
@ExtendWith(SharedFaultyInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExactCreditTest {

    private static final int CLIENTS = 200;
    private static final int TIMES = 10;
    private static final int TOKENS = 100;
    private static final long CALL_MICROS = 100_000;

    private final FaultyInstallation installation;

    ExactCreditTest(FaultyInstallation installation) {
        this.installation = installation;
    }

    @BeforeAll
    void costsWhatWasHeldForIt() {
        installation.mend();
        // No credit comes back that could let one more in.
        installation.ai().behave(Behaviour.fast().withTokens(TOKENS, TOKENS).withFirstByte(Duration.ofMillis(50)));
    }

    static LongStream seeds() {
        return new Random().longs(TIMES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isSpentToTheLastCallAndNotBeyond(long seed) {
        Random random = new Random(seed);
        int affordable = random.nextInt(1, CLIENTS);
        Customer customer = installation.operator().customerWith(Credits.ofMicros(affordable * CALL_MICROS));

        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, CLIENTS)
                .mapToObj(turn -> call(turn, customer, random))
                .toList();
        List<Integer> statuses = calls.stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();

        assertThat(statuses).containsOnly(200, 402);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(affordable);
        Witnesses witnesses = new Witnesses(installation, List.of(customer));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> witnesses.positions().stream().allMatch(Position::isAtRest));
        assertThat(witnesses.positions()).allSatisfy(at -> {
            assertThat(at.posted()).isZero();
            assertThat(at.spent()).isEqualTo(affordable * CALL_MICROS);
        });
        assertThat(witnesses.charges()).hasSize(affordable).doesNotHaveDuplicates();
    }

    private CompletableFuture<HttpResponse<String>> call(int turn, Customer customer, Random random) {
        GatewayClient gateway = installation.clients().get(turn % FaultyInstallation.GATEWAYS);
        Kind kind = random.nextBoolean() ? Kind.PLAIN : Kind.STREAMED;
        return gateway.postJsonLater(
                ConstantLoad.PATH, kind.body(Installation.TEN_CENTS, TOKENS, turn), customer.key());
    }
}
