package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.chat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.AiSettings;
import io.tollgate.sandbox.ai.AiSimulator;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.ai.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose first upstream does not answer: who is asked then, how often, and that they are charged once or not at all. */
@Timeout(60)
class FallbacksTest {

    private static final String STREAM = ",\"stream\":true";
    private static final Credits CREDIT = Credits.of(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(5);

    private static final AiSimulator FIRST = AiSimulator.start(AiSettings.defaults());
    private static final AiSimulator SECOND = AiSimulator.start(AiSettings.defaults());

    /** Nobody listens there, and nobody else can. */
    private static final Socket NOBODY = new Socket();

    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() throws IOException {
        NOBODY.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        gateway = new Gateway(
                "--spring.config.additional-location=classpath:/io/tollgate/gateway/proxy/fallbacks.yml",
                "--FIRST_URL=" + FIRST.url() + "/v1",
                "--SECOND_URL=" + SECOND.url() + "/v1",
                "--NOBODY_URL=http://127.0.0.1:" + NOBODY.getLocalPort());
        client = new Client(gateway.url());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        FIRST.close();
        SECOND.close();
        NOBODY.close();
    }

    @AfterEach
    void makeWell() {
        FIRST.resetBehaviour();
        SECOND.resetBehaviour();
    }

    private static HttpResponse<String> call(String path, Customer customer) {
        return client.post(path, customer.key(), chat("gpt-sim", ""));
    }

    private static void fails(AiSimulator upstream, String fault) {
        upstream.behave(Behaviour.fast().withFault(Fault.named(fault)));
    }

    private static long asked(AiSimulator upstream, Customer customer) {
        return upstream.deliveries().since(0, Integer.MAX_VALUE).stream()
                .filter(delivery -> customer.account().value().equals(delivery.account()))
                .count();
    }

    private static double count(String metric, String upstream) {
        return gateway.bean(MeterRegistry.class).get(metric).tag("upstream", upstream).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static String errorCode(HttpResponse<String> answer) {
        return answer.body().replaceAll("(?s).*\"code\":\"([^\"]*)\".*", "$1");
    }

    private static void assertChargedOnce(Customer customer, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        Credits cost =
                Credits.parse(answer.headers().firstValue("Tollgate-Cost").orElseThrow());
        assertThat(cost.isZero()).isFalse();
        assertThat(gateway.settled(customer))
                .isEqualTo(new Balance(CREDIT.minus(cost).micros(), 0));
    }

    private static void assertUncharged(Customer customer) {
        assertThat(gateway.settled(customer)).isEqualTo(new Balance(CREDIT.micros(), 0));
    }

    @Nested
    class AFallback {
        @Test
        void answersWhereTheFirstRefusesConnections() {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = call("/refused", customer);

            assertChargedOnce(customer, answer);
            assertThat(asked(SECOND, customer)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "status-500",
                    "status-503",
                    "refuse",
                    "stall",
                    "reset-in-headers",
                    "reset-in-body",
                    "stall-in-body"
                })
        void answersWhereTheClientHasNothingYet(String fault) {
            Customer customer = gateway.customer("100");
            fails(FIRST, fault);

            HttpResponse<String> answer = call("/failing", customer);

            assertChargedOnce(customer, answer);
            assertThat(asked(SECOND, customer)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"status-500", "refuse", "stall", "reset-in-headers"})
        void streamsWhereTheFirstDidNotBegin(String fault) {
            Customer customer = gateway.customer("100");
            fails(FIRST, fault);

            HttpResponse<String> answer = client.post("/failing", customer.key(), chat("gpt-sim", STREAM));

            assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("\"error\"");
            assertThat(gateway.settled(customer).postedMicros()).isLessThan(CREDIT.micros());
            assertThat(asked(SECOND, customer)).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"reset-in-body", "stall-in-body", "truncated"})
        void isNotAskedOnceTheClientHasSomethingOfAStream(String fault) {
            Customer customer = gateway.customer("100");
            fails(FIRST, fault);

            HttpResponse<String> answer = client.post("/failing", customer.key(), chat("gpt-sim", STREAM));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"error\"");
            assertThat(gateway.settled(customer).heldMicros()).isZero();
            assertThat(asked(SECOND, customer)).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"status-400", "status-404", "status-429"})
        void isNotAskedForWhatTheFirstRefuses(String fault) {
            Customer customer = gateway.customer("100");
            fails(FIRST, fault);

            HttpResponse<String> answer = call("/failing", customer);

            assertThat("status-" + answer.statusCode()).isEqualTo(fault);
            assertUncharged(customer);
            assertThat(asked(SECOND, customer)).isZero();
        }

        @Test
        void isAskedForWhatTheFirstHasHadEnoughOfIfTheRouteSaysSo() {
            Customer customer = gateway.customer("100");
            fails(FIRST, "status-429");

            assertChargedOnce(customer, call("/limited", customer));
            assertThat(asked(SECOND, customer)).isEqualTo(1);
        }

        @Test
        void isTheLastWordWhereItFailsToo() {
            Customer customer = gateway.customer("100");
            fails(FIRST, "status-500");
            fails(SECOND, "status-503");

            HttpResponse<String> answer = call("/failing", customer);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("upstream_");
            assertUncharged(customer);
        }
    }

    @Test
    void aCallThatNobodyAnswersIsNotCharged() {
        Customer customer = gateway.customer("100");

        HttpResponse<String> answer = call("/nowhere", customer);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(errorCode(answer)).isEqualTo("upstream_unavailable");
        assertUncharged(customer);
    }

    @Nested
    class AnIllUpstream {
        @Test
        void isLeftAloneUntilItRecovers() {
            Customer customer = gateway.customer("100");
            fails(FIRST, "status-500");
            for (int i = 0; i < 4; i++) {
                assertThat(call("/fragile", customer).statusCode()).isEqualTo(500);
            }
            FIRST.resetBehaviour();

            HttpResponse<String> refused = call("/fragile", customer);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(errorCode(refused)).isEqualTo("upstream_ill");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(count("tollgate.upstream.failures", "fragile")).isEqualTo(4);
            assertUncharged(customer);

            await("its recovery")
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .until(() -> call("/fragile", customer).statusCode() == 200);
            assertThat(call("/fragile", customer).statusCode()).isEqualTo(200);
            assertThat(gateway.settled(customer).heldMicros()).isZero();
        }

        @Test
        void isPassedOver() {
            Customer customer = gateway.customer("100");
            fails(FIRST, "refuse");
            for (int i = 0; i < 4; i++) {
                assertThat(call("/fragile-too", customer).statusCode()).isEqualTo(200);
            }
            double passedOver = count("tollgate.upstream.passed.over", "fragile-too");

            assertThat(call("/fragile-too", customer).statusCode()).isEqualTo(200);

            assertThat(count("tollgate.upstream.failures", "fragile-too")).isEqualTo(4);
            assertThat(count("tollgate.upstream.passed.over", "fragile-too")).isEqualTo(passedOver + 1);
        }
    }

    @Nested
    class AFullUpstream {
        @Test
        void refusesAtOnceAndHasRoomAgainWhenACallHasEnded() throws IOException {
            Customer customer = gateway.customer("100");
            FIRST.behave("gpt-sim-slow", Behaviour.slow().withTokens(5_000, 5_000));

            try (Socket stream = open("/narrow", customer, chat("gpt-sim-slow", STREAM))) {
                readUntil(stream.getInputStream(), "\"content\":\"");
                HttpResponse<String> refused = call("/narrow", customer);

                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(errorCode(refused)).isEqualTo("upstream_overloaded");
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            }

            await("room")
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .until(() -> call("/narrow", customer).statusCode() == 200);
            assertThat(gateway.settled(customer).heldMicros()).isZero();
        }

        @Test
        void isPassedOver() throws IOException {
            Customer customer = gateway.customer("100");
            FIRST.behave("gpt-sim-slow", Behaviour.slow().withTokens(5_000, 5_000));

            try (Socket stream = open("/narrow-too", customer, chat("gpt-sim-slow", STREAM))) {
                readUntil(stream.getInputStream(), "\"content\":\"");

                assertThat(call("/narrow-too", customer).statusCode()).isEqualTo(200);
                assertThat(asked(SECOND, customer)).isEqualTo(1);
            }
        }
    }

    @Nested
    class Retries {
        @Test
        void bringAnAnswerThatIsChargedOnce() {
            Customer customer = gateway.customer("100");
            double failedBefore = count("tollgate.upstream.failures", "first");
            FIRST.behave(Behaviour.fast().withFault(Fault.named("status-502"), 2));

            HttpResponse<String> answer = call("/again", customer);

            assertChargedOnce(customer, answer);
            assertThat(count("tollgate.upstream.failures", "first")).isEqualTo(failedBefore + 2);
        }

        @Test
        void areBounded() {
            Customer customer = gateway.customer("100");
            double failedBefore = count("tollgate.upstream.failures", "first");
            fails(FIRST, "status-502");

            HttpResponse<String> answer = call("/again", customer);

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(count("tollgate.upstream.failures", "first")).isEqualTo(failedBefore + 3);
            assertUncharged(customer);
        }

        @Test
        void endWithTheirClient() throws IOException {
            Customer customer = gateway.customer("100");
            double before = count("tollgate.upstream.failures", "nobody");
            double retriesBefore = count("tollgate.upstream.retries", "nobody");

            try (Socket socket = open("/patient", customer, chat("gpt-sim", ""))) {
                await("the pause")
                        .atMost(PATIENCE)
                        .pollInterval(POLL)
                        .until(() -> count("tollgate.upstream.failures", "nobody") == before + 1);
                assertThat(held(customer)).isPositive();
                assertThat(socket.isConnected()).isTrue();
            }

            await("the release")
                    .atMost(Duration.ofMillis(900))
                    .pollInterval(POLL)
                    .until(() -> held(customer) == 0);
            assertUncharged(customer);
            await("time for another attempt")
                    .pollDelay(Duration.ofMillis(2_300))
                    .atMost(PATIENCE)
                    .until(() -> count("tollgate.upstream.retries", "nobody") == retriesBefore + 1);
            assertThat(count("tollgate.upstream.failures", "nobody")).isEqualTo(before + 1);
        }
    }

    /** Calls of several clients at once, to upstreams that fail in every way there is, some of them left by their clients. */
    @Nested
    class Whatever {
        private static final int CLIENTS = 8;
        private static final int CALLS = 40;
        private static final List<String> PATHS = List.of("/failing", "/limited", "/refused", "/again");
        private static final List<String> MODELS = List.of(
                "gpt-sim",
                "gpt-sim",
                "fault:refuse",
                "fault:status-500",
                "fault:status-429",
                "fault:reset-in-headers",
                "fault:reset-in-body",
                "fault:truncated",
                "fault:byte-by-byte");

        @Test
        void happensNothingStaysTaken() throws Exception {
            long seed = new Random().nextLong();
            Customer customer = gateway.customer("100");

            try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    Random random = new Random(seed + i);
                    running.add(clients.submit(() -> calls(customer, random)));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            }

            assertThat(gateway.settled(customer).heldMicros())
                    .as("seed %d", seed)
                    .isZero();
            for (String upstream : List.of("first", "second", "nobody")) {
                await(upstream + ", seed " + seed)
                        .atMost(PATIENCE)
                        .until(() -> gauge("tollgate.upstream.bulkhead.available", upstream)
                                == gauge("tollgate.upstream.bulkhead.max", upstream));
            }
        }

        private void calls(Customer customer, Random random) {
            for (int i = 0; i < CALLS; i++) {
                String path = PATHS.get(random.nextInt(PATHS.size()));
                String model = MODELS.get(random.nextInt(MODELS.size()));
                String body = chat(model, random.nextBoolean() ? STREAM : "");
                if (random.nextInt(4) == 0) {
                    leave(path, customer, body, random.nextInt(20_000_000));
                } else {
                    client.post(path, customer.key(), body);
                }
            }
        }

        private void leave(String path, Customer customer, String body, long afterNanos) {
            try (Socket socket = open(path, customer, body)) {
                LockSupport.parkNanos(afterNanos);
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private double gauge(String metric, String upstream) {
            return gateway.bean(MeterRegistry.class)
                    .get(metric)
                    .tag("upstream", upstream)
                    .gauge()
                    .value();
        }
    }

    private static long held(Customer customer) {
        return Gateway.await(gateway.bean(LiveAccounts.class)
                        .read(customer.account())
                        .map(AccountSnapshot::balance))
                .heldMicros();
    }

    private static Socket open(String path, Customer customer, String body) throws IOException {
        URI url = URI.create(gateway.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        String request =
                "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(path, customer.key(), body.getBytes(UTF_8).length, body);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }

    private static void readUntil(InputStream in, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int read = in.read();
            assertThat(read)
                    .as("what follows %s", seen.toString().toLowerCase(Locale.ROOT))
                    .isNotNegative();
            seen.append((char) read);
        }
    }
}
