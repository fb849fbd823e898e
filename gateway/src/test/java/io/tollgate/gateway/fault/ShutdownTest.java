package io.tollgate.gateway.fault;

import static io.tollgate.gateway.misbehaviour.ProviderAnswers.DONE;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.LAST_CHUNK;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.STREAM_HEAD;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.chunk;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.event;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.events;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.json;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.plain;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usage;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.WireCall;
import io.tollgate.metering.credit.Credits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that is told to go while calls are under way. */
@Timeout(240)
class ShutdownTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Credits CREDIT = Credits.of(100);
    private static final Script STREAM = Script.sending(STREAM_HEAD + chunk(events(3)))
            .pause()
            .send(chunk(event("the end") + usageEvent(usage(10, 4)) + DONE) + LAST_CHUNK);
    private static final long STREAM_COST = 10 * 500 + 4 * 2000;

    /** What a JVM ends with on SIGTERM. */
    private static final int TERMINATED = 143;

    private static DrainingInstallation installation;

    @BeforeAll
    static void start() {
        installation = DrainingInstallation.start();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void readinessGoesFirstThenNewCallsAreRefusedWhileThoseUnderWayFinishAndAreChargedThoughRedisIsAway() {
        try (DrainingGateway gateway = installation.gateway("3s", "60s", "60s")) {
            Customer customer = installation.customer(CREDIT);
            DrainingGateway.Call stream = gateway.call(customer, STREAM, ",\"stream\":true");
            try (WireCall client = stream.sent()) {
                stream.served().awaitPause();
                gateway.terminate();
                gateway.awaitReadiness(503);
                WireCall.Answer late = gateway.call(customer, Script.sending(plain(json(usage(1, 0)))), "")
                        .answer();
                assertThat(late.status()).as("a call after readiness has gone").isEqualTo(200);

                await("the refusal").atMost(PATIENCE).untilAsserted(() -> assertRefused(gateway, customer));
                installation.redisWire().cut();
                installation.redisWire().refuse();
                stream.served().goOn();

                WireCall.Answer answer = client.answer();
                assertThat(answer.whole()).isTrue();
                assertThat(answer.body()).endsWith(DONE);
                assertThat(gateway.isAlive()).as("it waits for Redis").isTrue();
            } finally {
                installation.redisWire().accept();
            }

            assertThat(gateway.awaitEnd()).isEqualTo(TERMINATED);
            installation.assertAtRest(customer, CREDIT.micros() - STREAM_COST - 500);
            assertThat(installation.outcomes(customer)).hasSizeGreaterThan(1).containsOnly("COMPLETED");
        }
    }

    @Test
    void callsThatOutlastTheGraceAreCutAndChargedForWhatWasDelivered() {
        try (DrainingGateway gateway = installation.gateway("0s", "500ms", "60s")) {
            Customer customer = installation.customer(CREDIT);
            DrainingGateway.Call stream = gateway.call(customer, STREAM, ",\"stream\":true");
            DrainingGateway.Call waiting = gateway.call(customer, Script.empty().pause(), "");
            try (WireCall streaming = stream.sent();
                    WireCall unanswered = waiting.sent()) {
                stream.served().awaitPause();
                waiting.served().awaitPause();
                gateway.terminate();

                assertThat(unanswered.answer().status()).isEqualTo(503);
                WireCall.Answer cut = streaming.answer();
                assertThat(cut.whole()).isTrue();
                assertThat(cut.body()).startsWith(events(3)).contains("\"code\":\"shutting_down\"");
            }

            assertThat(gateway.awaitEnd()).isEqualTo(TERMINATED);
            long input = Math.ceilDiv(stream.request().length(), 4L);
            installation.assertAtRest(customer, CREDIT.micros() - input * 500 - 3 * 2000);
            assertThat(installation.outcomes(customer)).containsExactlyInAnyOrder("UPSTREAM_CUT", "UPSTREAM_FAILED");
        }
    }

    @Test
    void aHoldThatExpiredBeforeItsSettleArrivesIsChargedOnce() {
        try (DrainingGateway gateway = installation.gateway("0s", "60s", "1s")) {
            Customer customer = installation.customer(CREDIT);
            DrainingGateway.Call stream = gateway.call(customer, STREAM, ",\"stream\":true");
            try (WireCall client = stream.sent()) {
                stream.served().awaitPause();
                installation.redisWire().cut();
                installation.redisWire().refuse();
                await("the expiry").atMost(PATIENCE).until(() -> installation.held(customer) == 0);
                stream.served().goOn();
                assertThat(client.answer().body()).endsWith(DONE);
                gateway.terminate();
            } finally {
                installation.redisWire().accept();
            }

            assertThat(gateway.awaitEnd()).isEqualTo(TERMINATED);
            installation.assertAtRest(customer, CREDIT.micros() - STREAM_COST);
            assertThat(installation.charged(customer)).isEqualTo(List.of(STREAM_COST));
        }
    }

    private static void assertRefused(DrainingGateway gateway, Customer customer) {
        WireCall.Answer answer = gateway.call(customer, Script.sending(plain(json(usage(0, 0)))), "")
                .answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.body()).contains("\"code\":\"shutting_down\"");
    }
}
