package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.TollgateApplication;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayProcess;
import io.tollgate.gateway.installation.GatewayProperties;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Gateways that die without a word, on stores that live on. */
class KilledGatewayTest {

    private static final int CLIENTS = 8;
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);

    private final Installation installation = Installation.start();

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void afterAKillUnderLoadNothingStaysHeldAndEveryAnsweredCallIsBookedOnce() {
        installation
                .ai()
                .behave(Behaviour.fast().withFirstByte(Duration.ofMillis(40)).withTokens(50, 50));
        int port = Installation.freePort();
        Customer customer;
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        try (GatewayProcess gateway = GatewayProcess.start(TollgateApplication.class, properties(port), port)) {
            customer = new Operator(gateway.client(), Installation.ADMIN_TOKEN).customerWith(Credits.of(1_000));
            AtomicBoolean going = new AtomicBoolean(true);
            CompletableFuture<?> load = CompletableFuture.allOf(IntStream.range(0, CLIENTS)
                    .mapToObj(_ ->
                            CompletableFuture.runAsync(() -> callOnAndOn(gateway.client(), customer, answered, going)))
                    .toArray(CompletableFuture[]::new));
            await().atMost(RECOVERY_MAX).until(() -> answered.size() > 200);
            gateway.kill();
            going.set(false);
            load.join();
        }

        try (GatewayProcess gateway = GatewayProcess.start(TollgateApplication.class, properties(port), port)) {
            Operator operator = new Operator(gateway.client(), Installation.ADMIN_TOKEN);
            await().atMost(RECOVERY_MAX).untilAsserted(() -> assertAtRest(operator, customer));
            JsonNode figures = operator.conservation(customer);
            JsonNode booked = figures.required("accounts").get(0).required("postgres");
            assertThat(booked.required("granted").asLong())
                    .isEqualTo(booked.required("posted").asLong()
                            + booked.required("spent").asLong());
            figures.required("books")
                    .values()
                    .forEach(total -> assertThat(total.asLong()).isZero());
            assertThat(chargedIds(operator, customer)).doesNotHaveDuplicates().containsAll(answered);
        }
    }

    @Test
    void aGrantThatWasCommittedButNotPushedArrivesAllTheSame() {
        int port = Installation.freePort();
        Customer customer;
        String session;
        try (GatewayProcess gateway = GatewayProcess.start(TollgateApplication.class, properties(port), port)) {
            customer = new Operator(gateway.client(), Installation.ADMIN_TOKEN).createAccount("payer");
            HttpResponse<String> started =
                    gateway.client().postJson("/api/checkout", "{\"pack\":\"small\"}", customer.key());
            session = Calls.json(started).required("session_id").asString();
        }
        installation.webhooksTo(port);
        try (GatewayProcess doomed = GatewayProcess.start(DiesBeforeThePush.class, properties(port), port)) {
            installation.stripe().pay(session, "4242424242424242");
            assertThat(doomed.awaitEnd()).isEqualTo(DiesBeforeThePush.STATUS);
        }

        try (GatewayProcess gateway = GatewayProcess.start(TollgateApplication.class, properties(port), port)) {
            Operator operator = new Operator(gateway.client(), Installation.ADMIN_TOKEN);
            await().atMost(RECOVERY_MAX)
                    .untilAsserted(() -> assertThat(operator.balance(customer)
                                    .required("posted")
                                    .asString())
                            .isEqualTo("10"));
            assertThat(operator.balance(customer).required("lots")).hasSize(1);
        }
    }

    private GatewayProperties properties(int port) {
        return installation.properties(port).set("tollgate.holds.ttl", "3s");
    }

    private static void callOnAndOn(
            GatewayClient gateway, Customer customer, Queue<String> answered, AtomicBoolean going) {
        while (going.get()) {
            try {
                HttpResponse<String> answer = Calls.call(gateway, customer);
                answer.headers().firstValue("Tollgate-Request-Id").ifPresent(answered::add);
            } catch (UncheckedIOException killed) {
                return;
            }
        }
    }

    private static void assertAtRest(Operator operator, Customer customer) {
        JsonNode account = operator.conservation(customer).required("accounts").get(0);
        JsonNode live = account.required("redis");
        assertThat(live.required("held").asLong()).isZero();
        assertThat(live.required("posted").asLong())
                .isEqualTo(account.required("postgres").required("posted").asLong());
    }

    private static List<String> chargedIds(Operator operator, Customer customer) {
        return operator.charges(customer)
                .required("charges")
                .valueStream()
                .filter(charge -> charge.required("kind").asString().equals("SETTLED"))
                .map(charge -> charge.required("request_id").asString())
                .toList();
    }
}
