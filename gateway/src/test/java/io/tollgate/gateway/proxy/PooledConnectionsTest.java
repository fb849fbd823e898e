package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.misbehaviour.ProviderAnswers.json;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.plain;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usage;
import static io.tollgate.gateway.misbehaviour.Script.End.RST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.Script.End;
import io.tollgate.gateway.misbehaviour.WireCall;
import io.tollgate.gateway.proxy.Stage.Call;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to an upstream serve one call after another, as long as both sides agree where each answer ends. */
@Timeout(120)
@ExtendWith(SharedStage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PooledConnectionsTest {

    private static final Script ANSWER = Script.sending(plain(json(usage(10, 20))));
    private static final Ended BY_USAGE = Ended.reported(Outcome.COMPLETED, 10, 20);

    private final Stage stage;

    PooledConnectionsTest(Stage stage) {
        this.stage = stage;
    }

    @Test
    void serveManyCalls() {
        int before = stage.upstream.connections();

        IntStream.range(0, 20).forEach(_ -> assertServed());

        assertThat(stage.upstream.connections() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void thatTheUpstreamHasClosedMeanwhileAreNotUsed() {
        assertServed();
        stage.upstream.closeConnections();

        assertServed();
    }

    @Test
    void areGivenBackByCallsThatEndInAnyWay() {
        assertServed();
        stage.call("patient", Delivery.PLAIN, Script.sending("HTTP/1.1 503 Ill\r\nContent-Length: 0\r\n\r\n"))
                .answer();
        stage.call("patient", Delivery.STREAMED, Script.sending("HTTP/1.1 204 No Content\r\n\r\n"))
                .answer();
        Call failing = stage.call("patient", Delivery.PLAIN, Script.empty().then(RST));
        failing.answer();

        await("no connection but idle ones")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(stage.upstream.openConnections()).isLessThanOrEqualTo(1));
        failing.assertEnded(Ended.uncharged(Outcome.UPSTREAM_FAILED));
    }

    @ParameterizedTest
    @EnumSource(names = {"FIN", "RST"})
    void thatTheUpstreamClosesAsTheNextCallComesCostItNothing(End how) {
        assertServed();
        Call call = stage.call("patient", Delivery.PLAIN, Script.empty().then(how), ANSWER);

        WireCall.Answer answer = call.answer();

        assertThat(answer.status()).isEqualTo(200);
        call.assertEnded(BY_USAGE);
        assertThat(call.timesServed()).isEqualTo(2);
    }

    /** Only a connection that was idle before may have been closed without the request's having been seen. */
    @ParameterizedTest
    @EnumSource(names = {"FIN", "RST"})
    void thatAreNewAreNotTriedTwice(End how) {
        stage.upstream.closeConnections();
        Call call = stage.call("patient", Delivery.PLAIN, Script.empty().then(how));

        assertThat(call.answer().status()).isEqualTo(502);
        call.assertEnded(Ended.uncharged(Outcome.UPSTREAM_FAILED));
        assertThat(call.timesServed()).isEqualTo(1);
    }

    @Test
    void onWhichMoreCameThanAnnouncedAreNotUsedAgain() {
        String poison = plain("{\"poison\":true,\"usage\":" + usage(0, 0) + "}");
        Call call = stage.call("patient", Delivery.PLAIN, Script.sending(plain(json(usage(10, 20))) + poison));

        assertThat(call.answer().body()).isEqualTo(json(usage(10, 20)));
        call.assertEnded(BY_USAGE);

        assertServed();
    }

    @Test
    void onWhichAnAnswerComesUnaskedAreNotUsedAgain() {
        Call call = stage.call(
                "patient",
                Delivery.PLAIN,
                Script.sending(plain(json(usage(10, 20)))).pause().send(plain("{\"poison\":true}")));
        assertThat(call.answer().body()).isEqualTo(json(usage(10, 20)));
        call.served().goOn();
        call.served().awaitPlayed();
        call.served().awaitCallerGone();

        assertServed();
    }

    @Test
    void ofAnAnswerThatAnnouncesItsCloseAreNotUsedAgain() {
        Call call = stage.call(
                "patient",
                Delivery.PLAIN,
                Script.sending("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + json("").length() + "\r\n\r\n" + json("")));
        assertThat(call.answer().status()).isEqualTo(200);

        call.served().awaitCallerGone();
        assertServed();
    }

    private void assertServed() {
        Call call = stage.call("patient", Delivery.PLAIN, ANSWER);

        WireCall.Answer answer = call.answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(json(usage(10, 20)));
        call.assertEnded(BY_USAGE);
        assertThat(call.timesServed()).isEqualTo(1);
    }
}
