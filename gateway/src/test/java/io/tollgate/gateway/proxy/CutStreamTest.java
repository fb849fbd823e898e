package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.misbehaviour.ProviderAnswers.LAST_CHUNK;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.STREAM_HEAD;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.chunk;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.event;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.eventWith;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.events;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.stream;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usage;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usageEvent;
import static io.tollgate.gateway.misbehaviour.Script.End.FIN;
import static io.tollgate.gateway.misbehaviour.Script.End.RST;
import static io.tollgate.gateway.misbehaviour.Script.End.STALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.misbehaviour.ProviderAnswers;
import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.Served.CallersEnd;
import io.tollgate.gateway.misbehaviour.WireCall;
import io.tollgate.gateway.proxy.Stage.Call;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that break off are charged the greater of what was reported and what was counted; the client is told by a last event. */
@Timeout(120)
@ExtendWith(SharedStage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutStreamTest {

    private static final int EVENTS = 3;
    private static final String HALF_AN_EVENT =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"wa";
    private static final String CUT = "upstream_cut";
    private static final String TIMEOUT = "upstream_timeout";

    private final Stage stage;

    CutStreamTest(Stage stage) {
        this.stage = stage;
    }

    /**
     * How an upstream's stream breaks off.
     *
     * @param delivered what the client gets of it
     * @param tokens how many events with text that is
     */
    record Break(String upstream, String route, Script script, String delivered, int tokens, String code) {
        @Override
        public String toString() {
            return upstream + " → " + code;
        }
    }

    private static Break afterThree(String upstream, String route, Script rest, String code) {
        return new Break(upstream, route, rest, events(EVENTS), EVENTS, code);
    }

    private static Script three() {
        return Script.sending(STREAM_HEAD + chunk(events(EVENTS)));
    }

    static Stream<Break> breaks() {
        Script inAnEvent = Script.sending(STREAM_HEAD + chunk(events(EVENTS) + HALF_AN_EVENT));
        Script unframed = Script.sending("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + events(EVENTS));
        Script measured = Script.sending(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 5000\r\n\r\n" + events(EVENTS));
        String tooLong = "data: {\"id\":\"" + "x".repeat(20_000);
        return Stream.of(
                new Break(
                        "resets before its first event",
                        "patient",
                        Script.sending(STREAM_HEAD).then(RST),
                        "",
                        0,
                        CUT),
                new Break(
                        "closes before its first event",
                        "patient",
                        Script.sending(STREAM_HEAD).then(FIN),
                        "",
                        0,
                        CUT),
                new Break(
                        "stalls before its first event",
                        "restless",
                        Script.sending(STREAM_HEAD).then(STALL),
                        "",
                        0,
                        TIMEOUT),
                new Break("has no events at all", "patient", Script.sending(STREAM_HEAD + LAST_CHUNK), "", 0, CUT),
                afterThree("resets between events", "patient", three().then(RST), CUT),
                afterThree("closes between events", "patient", three().then(FIN), CUT),
                afterThree("stalls between events", "restless", three().then(STALL), TIMEOUT),
                afterThree("resets in an event", "patient", inAnEvent.then(RST), CUT),
                afterThree("closes in an event", "patient", inAnEvent.then(FIN), CUT),
                afterThree("stalls in an event", "restless", inAnEvent.then(STALL), TIMEOUT),
                afterThree(
                        "ends in good order, but without [DONE] and usage", "patient", three().send(LAST_CHUNK), CUT),
                afterThree(
                        "sends a chunk of no size",
                        "patient",
                        three().send("xyz\r\n").then(STALL),
                        CUT),
                afterThree(
                        "has a chunk with more bytes than it said",
                        "patient",
                        three().send("3\r\nabcdefgh\r\n").then(STALL),
                        CUT),
                afterThree("ends before its announced length", "patient", measured.then(FIN), CUT),
                afterThree("stalls before its announced length", "restless", measured.then(STALL), TIMEOUT),
                afterThree("ends by closing, without [DONE]", "patient", unframed.then(FIN), CUT),
                afterThree("is reset where its close should end it", "patient", unframed.then(RST), CUT),
                afterThree(
                        "sends an event beyond the bound",
                        "patient",
                        three().send(chunk(tooLong)).then(STALL),
                        CUT),
                afterThree(
                        "sends an event beyond the bound in one write",
                        "patient",
                        Script.sending(STREAM_HEAD + chunk(events(EVENTS) + tooLong))
                                .then(STALL),
                        CUT));
    }

    @ParameterizedTest(name = "one that {0}")
    @MethodSource("breaks")
    void anUpstream(Break how) {
        Call call = stage.call(how.route(), Delivery.STREAMED, how.script());

        WireCall.Answer answer = call.answer();

        assertTold(answer, how.delivered(), how.code());
        call.assertEnded(Ended.counted(Outcome.UPSTREAM_CUT, call.request(), how.tokens()));
        assertThat(call.served().callersEnd()).isEqualTo(how.script().keeps() ? CallersEnd.KEPT : CallersEnd.CLOSED);
    }

    @Test
    void anUpstreamThatGoesOnBeyondTheTotalTimeIsCut() {
        Call call = stage.call(
                "brief",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD).drip(chunk(event("wave ")), Duration.ofMillis(100)));

        WireCall.Answer answer = call.answer();

        int events = answer.body().split("wave ", -1).length - 1;
        assertThat(events).isPositive();
        assertTold(answer, events(events), TIMEOUT);
        call.assertEnded(Ended.counted(Outcome.UPSTREAM_CUT, call.request(), events));
        call.served().awaitCallerGone();
    }

    @Test
    void whatWasReportedIsChargedWhereItIsMore() {
        Call call = stage.call(
                "patient",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD + chunk(eventWith(usage(900, 1)) + eventWith(usage(900, 2))))
                        .then(RST));

        WireCall.Answer answer = call.answer();

        assertThat(answer.body()).contains(CUT);
        call.assertEnded(Ended.reported(Outcome.UPSTREAM_CUT, 900, 2));
    }

    @Test
    void whatWasCountedIsChargedWhereItIsMore() {
        Call call = stage.call(
                "patient",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD + chunk(eventWith(usage(1, 1)) + events(EVENTS)))
                        .then(RST));

        WireCall.Answer answer = call.answer();

        assertThat(answer.body()).contains(CUT);
        call.assertEnded(Ended.counted(Outcome.UPSTREAM_CUT, call.request(), EVENTS + 1));
    }

    @Test
    void aStreamCutAfterItsLastEventIsChargedItsUsage() {
        Call call = stage.call(
                "patient",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD + chunk(events(EVENTS) + usageEvent(usage(900, 3)) + ProviderAnswers.DONE))
                        .then(RST));

        WireCall.Answer answer = call.answer();

        assertThat(answer.body()).startsWith(events(EVENTS) + ProviderAnswers.DONE);
        Ended end = call.end();
        assertThat(end).isIn(Ended.reported(Outcome.COMPLETED, 900, 3), Ended.reported(Outcome.UPSTREAM_CUT, 900, 3));
        call.assertEnded(end);
    }

    @Test
    void whatIsNoStreamOfEventsIsPassedOnAndCut() {
        String garbage = "<html>502 from a balancer\n\n</html>\n";
        Call call = stage.call("patient", Delivery.STREAMED, Script.sending(stream(garbage)));

        WireCall.Answer answer = call.answer();

        assertTold(answer, garbage, CUT);
        call.assertEnded(Ended.counted(Outcome.UPSTREAM_CUT, call.request(), 0));
        assertThat(call.served().callersEnd()).isEqualTo(CallersEnd.KEPT);
    }

    /** The stream ends in good order, its last event saying why. */
    private static void assertTold(WireCall.Answer answer, String delivered, String code) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).startsWith(delivered);
        assertThat(answer.body().substring(delivered.length()))
                .matches("\\R*data: \\{\"error\":\\{[^\n]*\"code\":\"" + code + "\"[^\n]*\\}\\}\n\n");
    }
}
