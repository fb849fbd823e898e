package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.misbehaviour.ProviderAnswers.DONE;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.LAST_CHUNK;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.chunk;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.event;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.eventWith;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.events;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.json;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.plain;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.stream;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usage;
import static io.tollgate.gateway.misbehaviour.ProviderAnswers.usageEvent;
import static io.tollgate.gateway.misbehaviour.Script.End.FIN;
import static io.tollgate.gateway.misbehaviour.Script.End.STALL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.misbehaviour.ProviderAnswers;
import io.tollgate.gateway.misbehaviour.Script;
import io.tollgate.gateway.misbehaviour.Served.CallersEnd;
import io.tollgate.gateway.misbehaviour.WireCall;
import io.tollgate.gateway.proxy.Stage.Call;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come to their end, however oddly, are charged by their usage, or by what was counted in them where they have none. */
@Timeout(120)
@ExtendWith(SharedStage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeAnswersTest {

    private static final String SOME_USAGE = usage(10, 20);
    private static final Ended BY_USAGE = Ended.reported(Outcome.COMPLETED, 10, 20);
    private static final int EVENTS = 3;

    private final Stage stage;

    WholeAnswersTest(Stage stage) {
        this.stage = stage;
    }

    /** A usage that says nothing one could charge by. */
    static Stream<String> uselessUsages() {
        return Stream.of(
                "",
                "null",
                "{}",
                "[]",
                "\"much\"",
                "7",
                usage(-1, 20),
                usage(10, -20),
                usage("1e99", 20),
                usage(10, "1e99"),
                usage("\"10\"", 20),
                usage(10, "\"20\""),
                usage(10.5, 20),
                usage("null", "null"),
                usage("99999999999999999999", 1),
                usage(10, "99999999999999999999"),
                usage(Long.MAX_VALUE, 1),
                usage(10, Long.MAX_VALUE),
                "{\"prompt_tokens\":10}",
                "{\"completion_tokens\":20}",
                "{\"prompt_tokens\":10,");
    }

    @Nested
    class Plain {
        @Test
        void byItsUsage() {
            assertPassed(Script.sending(plain(json(SOME_USAGE))), json(SOME_USAGE), BY_USAGE);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.tollgate.gateway.proxy.WholeAnswersTest#uselessUsages")
        void byItsSizeWhereItsUsageIsOfNoUse(String usage) {
            String body = json(usage);

            Call call = assertPassed(Script.sending(plain(body)), body);

            call.assertEnded(Ended.counted(Outcome.COMPLETED, call.request(), Ended.tokensIn(body.length())));
        }

        @Test
        void byItsSizeUpToTheClientsCap() {
            String body = json("");
            Call call = stage.call("patient", Delivery.PLAIN, Script.sending(plain(body)), ",\"max_tokens\":3");

            assertThat(call.answer().body()).isEqualTo(body);
            call.assertEnded(Ended.counted(Outcome.COMPLETED, call.request(), 3));
        }

        @Test
        void forNothingWhereItsUsageIsNothing() {
            String body = json(usage(0, 0));

            assertPassed(Script.sending(plain(body)), body, Ended.reported(Outcome.COMPLETED, 0, 0));
        }

        @Test
        void forItsInputWhereItsOutputIsNothing() {
            String body = json(usage(10, 0));

            assertPassed(Script.sending(plain(body)), body, Ended.reported(Outcome.COMPLETED, 10, 0));
        }

        @Test
        void byTheLastOfTwoUsages() {
            String body = "{\"usage\":" + usage(1, 1) + ",\"choices\":[],\"usage\":" + SOME_USAGE + "}";

            assertPassed(Script.sending(plain(body)), body, BY_USAGE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"choices\":[", "no JSON at all", "\u0000\u0001", " "})
        void byItsSizeWhereItIsNoJson(String body) {
            Call call = assertPassed(Script.sending(plain(body)), body);

            call.assertEnded(Ended.counted(Outcome.COMPLETED, call.request(), Ended.tokensIn(body.length())));
        }

        @Test
        void byItsUsageHoweverLargeItIs() {
            String body = "{\"text\":\"" + "x".repeat(3_000_000) + "\",\"usage\":" + SOME_USAGE + "}";

            Call call = stage.call("patient", Delivery.PLAIN, Script.sending(plain(body)));

            assertThat(call.answer().body()).isEqualTo(body);
            call.assertEnded(BY_USAGE);
        }

        @ParameterizedTest(name = "{0}")
        @EnumSource
        void byItsUsageHoweverItIsFramed(Framing framing) {
            assertPassed(framing.whole(json(SOME_USAGE)), json(SOME_USAGE), BY_USAGE);
        }

        @Test
        void byItsUsageWhereItComesInAnEncodingThatNobodyAskedFor() {
            byte[] packed = gzip(json(SOME_USAGE));
            Call call = stage.call(
                    "patient",
                    Delivery.PLAIN,
                    Script.sending("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                                    + "Content-Length: " + packed.length + "\r\n\r\n")
                            .send(packed));

            assertThat(unpacked(call.answer())).isEqualTo(json(SOME_USAGE));
            call.assertEnded(BY_USAGE);
        }

        private void assertPassed(Script script, String body, Ended expected) {
            assertPassed(script, body).assertEnded(expected);
        }

        private Call assertPassed(Script script, String body) {
            Call call = stage.call("patient", Delivery.PLAIN, script);

            WireCall.Answer answer = call.answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(body);
            Ended end = call.end();
            assertThat(answer.header("Tollgate-Cost")).isEqualTo(new Credits(end.chargedMicros()).toDecimal());
            assertGivenBack(call, script);
            return call;
        }
    }

    @Nested
    class Streamed {
        @Test
        void byItsUsage() {
            assertPassed(stream(events(EVENTS) + usageEvent(SOME_USAGE) + DONE), events(EVENTS) + DONE, BY_USAGE);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.tollgate.gateway.proxy.WholeAnswersTest#uselessUsages")
        void byItsEventsWhereItsUsageIsOfNoUse(String usage) {
            String events = events(EVENTS) + (usage.isEmpty() ? "" : usageEvent(usage)) + DONE;
            Call call = stage.call("patient", Delivery.STREAMED, Script.sending(stream(events)));

            WireCall.Answer answer = call.answer();

            assertThat(answer.body()).startsWith(events(EVENTS)).endsWith(DONE);
            call.assertEnded(Ended.counted(Outcome.COMPLETED, call.request(), EVENTS));
        }

        @Test
        void forNothingWhereItsUsageIsNothing() {
            assertPassed(
                    stream(events(EVENTS) + usageEvent(usage(0, 0)) + DONE),
                    events(EVENTS) + DONE,
                    Ended.reported(Outcome.COMPLETED, 0, 0));
        }

        @Test
        void byTheLastOfTwoUsages() {
            assertPassed(
                    stream(events(EVENTS) + usageEvent(usage(1, 1)) + usageEvent(SOME_USAGE) + DONE),
                    events(EVENTS) + DONE,
                    BY_USAGE);
        }

        @Test
        void byTheLastOfAUsageThatGrows() {
            String growing = eventWith(usage(10, 1)) + eventWith(usage(10, 2)) + eventWith(usage(10, 3));

            Call call = stage.call("patient", Delivery.STREAMED, Script.sending(stream(growing + DONE)));

            assertThat(call.answer().body()).endsWith(DONE);
            call.assertEnded(Ended.reported(Outcome.COMPLETED, 10, 3));
        }

        @Test
        void byItsUsageWithoutDone() {
            assertPassed(stream(events(EVENTS) + usageEvent(SOME_USAGE)), events(EVENTS), BY_USAGE);
        }

        @ParameterizedTest(name = "{0}")
        @EnumSource
        void byItsUsageHoweverItIsFramed(Framing framing) {
            Script script = framing.streamed(events(EVENTS) + usageEvent(SOME_USAGE) + DONE);
            Call call = stage.call("patient", Delivery.STREAMED, script);

            WireCall.Answer answer = call.answer();

            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(events(EVENTS) + DONE);
            call.assertEnded(BY_USAGE);
            assertGivenBack(call, script);
        }

        @ParameterizedTest(name = "ending in {0}")
        @ValueSource(strings = {"\\n", "\\r\\n"})
        void byItsUsageWhateverItsLines(String ends) {
            String end = ends.translateEscapes();
            String events = events(EVENTS).replace("\n", end);
            String all = events + (usageEvent(SOME_USAGE) + DONE).replace("\n", end);
            Call call = stage.call("patient", Delivery.STREAMED, Script.sending(stream(all)));

            WireCall.Answer answer = call.answer();

            assertThat(answer.body()).isEqualTo(events + DONE.replace("\n", end));
            call.assertEnded(BY_USAGE);
        }

        @Test
        void byItsUsageInAnEventOfManyKilobytes() {
            String large = event("x".repeat(15_000));

            assertPassed(stream(large + usageEvent(SOME_USAGE) + DONE), large + DONE, BY_USAGE);
        }

        @Test
        void byItsUsageInAChunkOfManyEvents() {
            String many = events(3_000);

            assertPassed(stream(many + usageEvent(SOME_USAGE) + DONE), many + DONE, BY_USAGE);
        }

        @Test
        void byItsUsageWhereItComesInAnEncodingThatNobodyAskedFor() {
            byte[] packed = gzip(events(EVENTS) + usageEvent(SOME_USAGE) + DONE);
            Call call = stage.call(
                    "patient",
                    Delivery.STREAMED,
                    Script.sending("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(packed.length)
                                    + "\r\n")
                            .send(packed)
                            .send("\r\n" + LAST_CHUNK));

            assertThat(unpacked(call.answer())).startsWith(events(EVENTS)).endsWith(DONE);
            call.assertEnded(BY_USAGE);
        }

        private void assertPassed(String script, String delivered, Ended expected) {
            Call call = stage.call("patient", Delivery.STREAMED, Script.sending(script));

            WireCall.Answer answer = call.answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(delivered);
            call.assertEnded(expected);
            assertThat(call.served().callersEnd()).isEqualTo(CallersEnd.KEPT);
        }
    }

    @Nested
    class WithoutABody {
        @ParameterizedTest
        @EnumSource
        void isNoContent(Delivery delivery) {
            assertEmpty(delivery, "HTTP/1.1 204 No Content\r\n\r\n", 204);
        }

        @ParameterizedTest
        @EnumSource
        void isNoContentThatClaimsToBeAStream(Delivery delivery) {
            assertEmpty(delivery, "HTTP/1.1 204 No Content\r\nContent-Type: text/event-stream\r\n\r\n", 204);
        }

        @ParameterizedTest
        @EnumSource
        void isAResetOfContent(Delivery delivery) {
            assertEmpty(delivery, "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205);
        }

        @ParameterizedTest
        @EnumSource
        void isALengthOfNothing(Delivery delivery) {
            assertEmpty(
                    delivery, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n", 200);
        }

        private void assertEmpty(Delivery delivery, String script, int status) {
            Call call = stage.call("patient", delivery, Script.sending(script));

            WireCall.Answer answer = call.answer();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEmpty();
            call.assertEnded(Ended.counted(Outcome.COMPLETED, call.request(), 0));
            assertThat(call.served().callersEnd()).isEqualTo(CallersEnd.KEPT);
        }
    }

    /** Ways to put the same answer on the wire. */
    enum Framing {
        AFTER_INTERIM_ANSWERS {
            @Override
            Script of(String head, String body) {
                return Script.sending("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                        + head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            }
        },
        BYTE_BY_BYTE {
            @Override
            Script of(String head, String body) {
                return Script.empty().sendInPiecesOf(1, head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            }
        },
        CHUNKED_BYTE_BY_BYTE {
            @Override
            Script of(String head, String body) {
                StringBuilder chunks = new StringBuilder();
                body.chars().forEach(c -> chunks.append(chunk(Character.toString(c))));
                return Script.sending(head + "Transfer-Encoding: chunked\r\n\r\n")
                        .sendInPiecesOf(3, chunks + LAST_CHUNK);
            }
        },
        WITH_CHUNK_EXTENSIONS_AND_TRAILERS {
            @Override
            Script of(String head, String body) {
                return Script.sending(head + "Transfer-Encoding: chunked\r\n\r\n"
                        + chunk(body).replaceFirst("\r\n", ";name=value\r\n") + "0\r\nX-Trailer: x\r\n\r\n");
            }
        },
        ENDED_BY_ITS_CLOSE {
            @Override
            Script of(String head, String body) {
                return Script.sending(head + "\r\n" + body).then(FIN);
            }
        },
        OF_HTTP_1_0 {
            @Override
            Script of(String head, String body) {
                return Script.sending(
                                head.replace("1.1", "1.0") + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .then(FIN);
            }
        },
        FOLLOWED_BY_A_CLOSE {
            @Override
            Script of(String head, String body) {
                return Script.sending(
                                head + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .then(FIN);
            }
        },
        /** Whoever would use the connection again would take the surplus for its answer. */
        LONGER_THAN_ANNOUNCED {
            @Override
            Script of(String head, String body) {
                return Script.sending(head + "Content-Length: " + body.length() + "\r\n\r\n" + body
                                + ProviderAnswers.plain(json("")))
                        .then(STALL);
            }
        };

        /** {@code head} lacks how the body ends, and its empty line. */
        abstract Script of(String head, String body);

        Script whole(String body) {
            return of("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", body);
        }

        Script streamed(String events) {
            return of("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n", events);
        }
    }

    private static void assertGivenBack(Call call, Script script) {
        assertThat(call.served().callersEnd()).isEqualTo(script.keeps() ? CallersEnd.KEPT : CallersEnd.CLOSED);
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As a client reads it that goes by its head. */
    private static String unpacked(WireCall.Answer answer) {
        if (!answer.header("Content-Encoding").equals("gzip")) {
            return answer.body();
        }
        try (GZIPInputStream packed = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
            return new String(packed.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
