package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.misbehaviour.ProviderAnswers.chunk;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.head;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.json;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.plain;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usage;
import static io.tollgate.gateway.misbehaviour.Script.End.FIN;
import static io.tollgate.gateway.misbehaviour.Script.End.RST;
import static io.tollgate.gateway.misbehaviour.Script.End.STALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.Served.CallersEnd;
import io.tollgate.gateway.misbehaviour.WireCall;
import io.tollgate.gateway.proxy.Stage.Call;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls whose client has got nothing of an answer when they end are not charged; their holds are released at once. */
@Timeout(120)
@ExtendWith(SharedStage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoFirstByteTest {

    private static final Ended UNCHARGED = Ended.uncharged(Outcome.UPSTREAM_FAILED);
    private static final String HALF_A_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: applica";
    private static final String BODY = json(usage(10, 20));
    private static final String HALF_A_BODY = BODY.substring(0, BODY.length() / 2);

    private final Stage stage;

    NoFirstByteTest(Stage stage) {
        this.stage = stage;
    }

    /** How an upstream fails, and what the client is told. */
    record Failure(String upstream, String route, Script script, int status, String code) {
        @Override
        public String toString() {
            return upstream + " → " + status + " " + code;
        }
    }

    private static Failure unavailable(String upstream, Script script) {
        return new Failure(upstream, "patient", script, 502, "upstream_unavailable");
    }

    private static Failure timeout(String upstream, Script script) {
        return new Failure(upstream, "hasty", script, 504, "upstream_timeout");
    }

    private static Failure stalled(String upstream, Script script) {
        return new Failure(upstream, "restless", script, 504, "upstream_timeout");
    }

    static Stream<Failure> beforeOrInItsHead() {
        return Stream.of(
                unavailable("resets before its head", Script.empty().then(RST)),
                unavailable("closes before its head", Script.empty().then(FIN)),
                timeout("never answers", Script.empty().then(STALL)),
                timeout(
                        "answers late",
                        Script.empty().pauseUntilTheCallerIsGone().send(plain(BODY))),
                unavailable("resets in its head", Script.sending(HALF_A_HEAD).then(RST)),
                unavailable("closes in its head", Script.sending(HALF_A_HEAD).then(FIN)),
                timeout("stalls in its head", Script.sending(HALF_A_HEAD).then(STALL)),
                unavailable(
                        "speaks no HTTP",
                        Script.sending("220 mail.example ESMTP\r\n\r\n").then(STALL)),
                unavailable(
                        "has a head without end",
                        Script.sending("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000))
                                .then(STALL)),
                unavailable(
                        "resets after an interim answer",
                        Script.sending("HTTP/1.1 103 Early Hints\r\n\r\n").then(RST)),
                timeout(
                        "stalls after an interim answer",
                        Script.sending("HTTP/1.1 100 Continue\r\n\r\n").then(STALL)));
    }

    static Stream<Failure> inABodyThatIsReadWhole() {
        String chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        String unframed = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
        Script half = Script.sending(head(BODY.length()) + HALF_A_BODY);
        return Stream.of(
                unavailable("resets in its body", half.then(RST)),
                unavailable("closes in its body, which is shorter than announced", half.then(FIN)),
                stalled("stalls in its body", half.then(STALL)),
                unavailable(
                        "resets between its chunks",
                        Script.sending(chunked + chunk(HALF_A_BODY)).then(RST)),
                unavailable(
                        "closes without a last chunk",
                        Script.sending(chunked + chunk(BODY)).then(FIN)),
                stalled(
                        "stalls without a last chunk",
                        Script.sending(chunked + chunk(BODY)).then(STALL)),
                unavailable(
                        "sends a chunk of no size",
                        Script.sending(chunked + chunk(HALF_A_BODY) + "xyz\r\n").then(STALL)),
                unavailable(
                        "resets a body that its close should end",
                        Script.sending(unframed + HALF_A_BODY).then(RST)));
    }

    static Stream<Arguments> beforeOrInItsHeadByDelivery() {
        return beforeOrInItsHead()
                .flatMap(failure -> Arrays.stream(Delivery.values()).map(delivery -> Arguments.of(delivery, failure)));
    }

    @ParameterizedTest(name = "{0}: one that {1}")
    @MethodSource("beforeOrInItsHeadByDelivery")
    void anUpstream(Delivery delivery, Failure failure) {
        assertUncharged(stage.call(failure.route(), delivery, failure.script()), failure);
    }

    @ParameterizedTest(name = "one that {0}")
    @MethodSource("inABodyThatIsReadWhole")
    void anUpstreamOfAPlainCall(Failure failure) {
        assertUncharged(stage.call(failure.route(), Delivery.PLAIN, failure.script()), failure);
    }

    @ParameterizedTest(name = "{0} → 504 upstream_timeout")
    @EnumSource
    void anUpstreamThatNeverComesToItsHeadsEnd(Delivery delivery) {
        Script drip = Script.sending("HTTP/1.1 200 OK\r\n").drip("X: y\r\n", Duration.ofMillis(50));
        assertUncharged(
                stage.call("hasty", delivery, drip),
                new Failure("drips its head", "hasty", drip, 504, "upstream_timeout"));
    }

    @ParameterizedTest(name = "{0} → 502 upstream_unavailable")
    @EnumSource
    void anUpstreamThatRefusesConnections(Delivery delivery) {
        Call call = stage.call("refusing", delivery, Script.empty());

        WireCall.Answer answer = call.answer();

        assertTold(answer, 502, "upstream_unavailable");
        call.assertEnded(UNCHARGED);
    }

    private static void assertUncharged(Call call, Failure failure) {
        WireCall.Answer answer = call.answer();

        assertTold(answer, failure.status(), failure.code());
        call.assertEnded(UNCHARGED);
        assertThat(call.served().callersEnd()).isEqualTo(CallersEnd.CLOSED);
    }

    private static void assertTold(WireCall.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).startsWith("{\"error\":{\"message\":").contains("\"code\":\"" + code + "\"");
        assertThat(answer.header("Tollgate-Cost")).isEmpty();
    }

    @Nested
    class AnUpstreamThatSaysNo {

        static Stream<Arguments> refusals() {
            return Stream.of(
                            "302 Found\r\nLocation: http://127.0.0.1:9/elsewhere",
                            "400 Bad Request",
                            "401 Unauthorized",
                            "404 Not Found",
                            "429 Too Many Requests\r\nRetry-After: 7",
                            "500 Internal Server Error",
                            "503 Service Unavailable")
                    .flatMap(
                            status -> Arrays.stream(Delivery.values()).map(delivery -> Arguments.of(delivery, status)));
        }

        @ParameterizedTest(name = "{0}: {1}")
        @MethodSource("refusals")
        void isPassedOnAsItIs(Delivery delivery, String status) {
            String body = "{\"error\":{\"message\":\"no\"}}";
            Call call = stage.call(
                    "patient",
                    delivery,
                    Script.sending("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body));

            WireCall.Answer answer = call.answer();

            assertRefused(call, answer, status);
            assertThat(answer.body()).isEqualTo(body);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @MethodSource("refusals")
        void mayHaveNothingToSay(Delivery delivery, String status) {
            Call call = stage.call(
                    "patient", delivery, Script.sending("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));

            WireCall.Answer answer = call.answer();

            assertRefused(call, answer, status);
            assertThat(answer.body()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void mayFindNothingNew(Delivery delivery) {
            Call call = stage.call("patient", delivery, Script.sending("HTTP/1.1 304 Not Modified\r\n\r\n"));

            assertRefused(call, call.answer(), "304 Not Modified");
        }

        private static void assertRefused(Call call, WireCall.Answer answer, String status) {
            assertThat(answer.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(answer.whole()).isTrue();
            assertThat(answer.header("Tollgate-Cost")).isEmpty();
            assertThat(answer.header("Location").isEmpty()).isEqualTo(!status.contains("Location"));
            call.assertEnded(UNCHARGED);
            assertThat(call.served().callersEnd()).isEqualTo(CallersEnd.KEPT);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @MethodSource("breakingOff")
        void mayBreakOff(Delivery delivery, Script.End how) {
            Call call = stage.call(
                    "hasty",
                    delivery,
                    Script.sending("HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n"
                                    + "{\"error\":")
                            .then(how));

            WireCall.Answer answer = call.answer();

            // Either it is cut as the upstream's was, or it is ours.
            assertThat(answer.status()).isIn(answer.whole() ? List.of(502, 504) : List.of(500));
            call.assertEnded(UNCHARGED);
            assertThat(call.served().callersEnd()).isEqualTo(CallersEnd.CLOSED);
        }

        static Stream<Arguments> breakingOff() {
            return Arrays.stream(Delivery.values())
                    .flatMap(delivery -> Stream.of(RST, FIN, STALL).map(how -> Arguments.of(delivery, how)));
        }
    }
}
