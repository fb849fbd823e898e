package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.misbehaviour.ProviderAnswers.DONE;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.LAST_CHUNK;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.STREAM_HEAD;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.chunk;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.event;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.eventWith;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.events;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.head;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.json;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.plain;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usage;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.WireCall;
import io.tollgate.gateway.misbehaviour.WireCall.Leaving;
import io.tollgate.gateway.proxy.Stage.Call;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that leave: for nothing before their call went out, for what had come by then after that, and never for less than the input. One that closes
 * its half of the connection has left.
 */
@Timeout(120)
@ExtendWith(SharedStage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsThatLeaveTest {

    private static final int EVENTS = 3;

    private final Stage stage;

    ClientsThatLeaveTest(Stage stage) {
        this.stage = stage;
    }

    static Stream<Arguments> deliveriesAndLeavings() {
        return Arrays.stream(Delivery.values())
                .flatMap(delivery -> Arrays.stream(Leaving.values()).map(how -> Arguments.of(delivery, how)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("deliveriesAndLeavings")
    void inTheirRequestHoldNothing(Delivery delivery, Leaving how) {
        Call call = stage.call("patient", delivery, Script.sending(plain(json(""))));

        try (WireCall wire = call.almostSent()) {
            wire.leave(how);
        }

        Call next = call.next(Script.sending(plain(json(usage(900, 3)))));
        assertThat(next.answer().status()).isEqualTo(200);
        next.assertEnded(Ended.reported(Outcome.COMPLETED, 900, 3));
        assertThat(call.timesServed()).isZero();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("deliveriesAndLeavings")
    void beforeDispatchPayNothing(Delivery delivery, Leaving how) {
        Call first = stage.call("narrow", delivery, Script.empty().pause().send(plain(json(usage(10, 20)))));
        Call second = stage.call("narrow", delivery, Script.sending(plain(json(""))));

        try (WireCall firstWire = first.sent()) {
            first.served().awaitPause();
            try (WireCall secondWire = second.sent()) {
                second.awaitHeld();
                secondWire.leave(how);
                second.assertEnded(Ended.uncharged(Outcome.CLIENT_GONE));
            }
            first.served().goOn();
            assertThat(firstWire.answer().status()).isEqualTo(200);
        }
        assertThat(second.timesServed()).isZero();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("deliveriesAndLeavings")
    void afterDispatchPayTheInput(Delivery delivery, Leaving how) {
        assertPaid(delivery, how, Script.empty().pause(), 0);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("deliveriesAndLeavings")
    void whileTheUpstreamIsInItsHeadPayTheInput(Delivery delivery, Leaving how) {
        assertPaid(
                delivery, how, Script.sending("HTTP/1.1 200 OK\r\nContent-Ty").pause(), 0);
    }

    @ParameterizedTest
    @EnumSource
    void whileABodyIsReadWholePayForWhatHasCome(Leaving how) {
        String body = json(usage(10, 20));
        String half = body.substring(0, body.length() / 2);

        assertPaid(
                Delivery.PLAIN, how, Script.sending(head(body.length()) + half).pause(), Ended.tokensIn(half.length()));
    }

    @ParameterizedTest
    @EnumSource
    void inALargeAnswerPayForWhatHasCome(Leaving how) {
        String text = "{\"text\":\"" + "x".repeat(1000);
        Call call = stage.call(
                "small", Delivery.PLAIN, Script.sending(head(5000) + text).pause());

        try (WireCall wire = call.sent().readUntil(text)) {
            wire.leave(how);
            call.assertEnded(Ended.counted(Outcome.CLIENT_GONE, call.request(), Ended.tokensIn(text.length())));
            call.served().awaitCallerGone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void betweenEventsPayForThose(Leaving how) {
        String last = event("the last");
        Call call = stage.call(
                "patient",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD + chunk(events(EVENTS) + last)).pause());

        assertPaidAfter(call, "the last", how, EVENTS + 1);
    }

    @ParameterizedTest
    @EnumSource
    void inAnEventPayForThoseBefore(Leaving how) {
        String last = event("the last");
        Call call = stage.call(
                "patient",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD + chunk(events(EVENTS) + last + "data: {\"choices\":[{\"de"))
                        .pause());

        assertPaidAfter(call, "the last", how, EVENTS + 1);
    }

    @ParameterizedTest
    @EnumSource
    void payWhatWasReportedWhereThatIsMore(Leaving how) {
        Call call = stage.call(
                "patient",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD + chunk(eventWith(usage(900, 1)) + event("the last")))
                        .pause());

        try (WireCall wire = call.sent().readUntil("the last")) {
            wire.leave(how);
            call.assertEnded(Ended.reported(Outcome.CLIENT_GONE, 900, 1));
            call.served().awaitCallerGone();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withTheWholeStreamUnreadPayItsUsage(Leaving how) {
        Call call = stage.call(
                "patient",
                Delivery.STREAMED,
                Script.sending(STREAM_HEAD + chunk(events(EVENTS) + usageEvent(usage(900, 3)) + DONE) + LAST_CHUNK));

        assertCompleted(call, how, 3);
    }

    @ParameterizedTest
    @EnumSource
    void withTheWholeAnswerUnreadPayItsUsage(Leaving how) {
        assertCompleted(stage.call("patient", Delivery.PLAIN, Script.sending(plain(json(usage(900, 3))))), how, 3);
    }

    @ParameterizedTest
    @EnumSource
    void whileTheUpstreamRefusesPayNothing(Delivery delivery) {
        Call call = stage.call(
                "patient",
                delivery,
                Script.sending("HTTP/1.1 500 Oops\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{")
                        .pause());

        try (WireCall wire = call.sent()) {
            call.served().awaitPause();
            wire.leave(Leaving.CLOSES);
            call.assertEnded(Ended.uncharged(Outcome.UPSTREAM_FAILED));
            call.served().awaitCallerGone();
        }
    }

    private void assertPaid(Delivery delivery, Leaving how, Script script, long output) {
        Call call = stage.call("patient", delivery, script);

        try (WireCall wire = call.sent()) {
            call.served().awaitPause();
            wire.leave(how);
            call.assertEnded(Ended.counted(Outcome.CLIENT_GONE, call.request(), output));
            call.served().awaitCallerGone();
        }
    }

    private static void assertPaidAfter(Call call, String text, Leaving how, long output) {
        try (WireCall wire = call.sent().readUntil(text)) {
            wire.leave(how);
            call.assertEnded(Ended.counted(Outcome.CLIENT_GONE, call.request(), output));
            call.served().awaitCallerGone();
        }
    }

    private static void assertCompleted(Call call, Leaving how, long output) {
        Ended expected = Ended.reported(Outcome.COMPLETED, 900, output);
        try (WireCall wire = call.sent()) {
            call.assertEnded(expected);
            wire.leave(how);
        }
        call.assertEnded(expected);
    }
}
