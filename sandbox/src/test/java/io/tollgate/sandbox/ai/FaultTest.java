package io.tollgate.sandbox.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.sandbox.ai.RawConnection.End;
import io.tollgate.sandbox.ai.RawConnection.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {
    private static final String USAGE = "\"usage\":{";
    private AiSimulator simulator;

    @BeforeAll
    void start() {
        simulator = AiSimulator.start(AiSettings.defaults());
    }

    @AfterAll
    void stop() {
        simulator.close();
    }

    enum Shape {
        PLAIN(""),
        STREAM(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        private final String members;

        Shape(String members) {
            this.members = members;
        }

        String request(String model) {
            return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + members + "}";
        }
    }

    private Seen ask(Shape shape, String fault) throws IOException {
        try (RawConnection connection = new RawConnection(simulator)) {
            return connection.ask(shape.request("fault:" + fault), "tollgate-request-id: " + shape + fault);
        }
    }

    private Delivery delivery(Shape shape, String fault) {
        return simulator.deliveries().of(shape + fault).getLast();
    }

    @Nested
    class Connections {
        @ParameterizedTest
        @EnumSource
        void closeWithoutAByteWhenRefused(Shape shape) throws IOException {
            assertThat(ask(shape, "refuse")).isEqualTo(new Seen("", End.ORDERLY));
        }

        @ParameterizedTest
        @EnumSource
        void resetWithinTheHeaders(Shape shape) throws IOException {
            Seen seen = ask(shape, "reset-in-headers");

            assertThat(seen.end()).isEqualTo(End.RESET);
            assertThat(seen.bytes()).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n\r\n");
        }

        @ParameterizedTest
        @EnumSource
        void resetWithinTheBody(Shape shape) throws IOException {
            Seen seen = ask(shape, "reset-in-body");

            assertThat(seen.end()).isEqualTo(End.RESET);
            assertThat(seen.body()).isNotEmpty().doesNotContain(USAGE);
            assertThat(delivery(shape, "reset-in-body").end()).isEqualTo("reset-in-body");
        }

        @Test
        void resetWithinAnEvent() throws IOException {
            Seen seen = ask(Shape.STREAM, "reset-in-event");

            assertThat(seen.end()).isEqualTo(End.RESET);
            assertThat(seen.body())
                    .contains("data: {")
                    .doesNotEndWith("\n\n\r\n")
                    .doesNotContain(USAGE);
            assertThat(contents(seen))
                    .isEqualTo(delivery(Shape.STREAM, "reset-in-event").deliveredTokens());
        }

        @ParameterizedTest
        @EnumSource
        void saySilentlyNothingWhenStalled(Shape shape) throws IOException {
            try (RawConnection connection = new RawConnection(simulator).patientFor(200)) {
                assertThat(connection.ask(shape.request("fault:stall"))).isEqualTo(new Seen("", End.SILENCE));
            }
        }

        @ParameterizedTest
        @EnumSource
        void fallSilentWithinTheBody(Shape shape) throws IOException {
            try (RawConnection connection = new RawConnection(simulator).patientFor(200)) {
                Seen seen = connection.ask(shape.request("fault:stall-in-body"));

                assertThat(seen.end()).isEqualTo(End.SILENCE);
                assertThat(seen.body()).isNotEmpty().doesNotContain(USAGE);
            }
        }
    }

    @Nested
    class Streams {
        @Test
        void endEarlyAsIfThatWereAllWhenTruncated() throws IOException {
            Seen seen = ask(Shape.STREAM, "truncated");

            assertThat(seen.end()).isEqualTo(End.ORDERLY);
            assertThat(seen.body()).endsWith("0\r\n\r\n").doesNotContain("[DONE]");
            assertThat(contents(seen))
                    .isEqualTo(delivery(Shape.STREAM, "truncated").deliveredTokens());
        }

        @Test
        void reportDeliveredTokensOfAReset() throws IOException {
            Seen seen = ask(Shape.STREAM, "reset-in-body");

            Delivery delivery = delivery(Shape.STREAM, "reset-in-body");
            assertThat(contents(seen)).isEqualTo(delivery.deliveredTokens()).isEqualTo(delivery.chunks());
            assertThat(delivery.deliveredTokens()).isLessThan(delivery.generatedTokens());
        }

        @Test
        void carryBrokenJson() throws IOException {
            assertThat(ask(Shape.STREAM, "invalid-json").body()).contains("\"delta\":{\"content\":\n\n");
        }

        @Test
        void carryWhatIsNoEvent() throws IOException {
            assertThat(ask(Shape.STREAM, "invalid-sse").body()).contains("<html>");
        }

        @Test
        void comeInHugePieces() throws IOException {
            assertThat(ask(Shape.STREAM, "huge-chunks").body()).hasSizeGreaterThan(24 * 256 * 1024);
        }

        @Test
        void comeCompressed() throws IOException {
            Seen seen = ask(Shape.STREAM, "gzip");

            assertThat(seen.bytes()).contains("content-encoding: gzip\r\n");
            assertThat(inflate(unchunk(seen.body()))).contains(USAGE).endsWith("data: [DONE]\n\n");
        }
    }

    @Nested
    class Usage {
        @Test
        void isMissing() throws IOException {
            assertThat(ask(Shape.PLAIN, "no-usage").body()).doesNotContain(USAGE);
            assertThat(ask(Shape.STREAM, "no-usage").body())
                    .doesNotContain(USAGE)
                    .contains("[DONE]");
            assertThat(delivery(Shape.PLAIN, "no-usage").usage()).isEqualTo("none");
        }

        @ParameterizedTest
        @EnumSource
        void isZero(Shape shape) throws IOException {
            assertThat(ask(shape, "zero-usage").body()).contains("\"total_tokens\":0");
            assertThat(delivery(shape, "zero-usage").deliveredTokens()).isPositive();
        }

        @ParameterizedTest
        @EnumSource
        void comesTwice(Shape shape) throws IOException {
            assertThat(ask(shape, "usage-twice").body().split("\"usage\":\\{", -1))
                    .hasSize(3);
        }
    }

    @Nested
    class PlainAnswers {
        @Test
        void areBrokenJson() throws IOException {
            String body = ask(Shape.PLAIN, "invalid-json").body();

            assertThatThrownBy(() -> parse(body)).isInstanceOf(JacksonException.class);
        }

        @Test
        void areHuge() throws IOException {
            String body = ask(Shape.PLAIN, "huge-chunks").body();

            assertThat(body).hasSizeGreaterThan(256 * 1024);
            assertThat(parse(body).path("usage").path("total_tokens").asInt()).isPositive();
        }

        @Test
        void areCompressed() throws IOException {
            String body = ask(Shape.PLAIN, "gzip").body();

            assertThat(parse(inflate(body.getBytes(StandardCharsets.ISO_8859_1)))
                            .has("usage"))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesComeOneByOneUnharmed(Shape shape) throws IOException {
        Seen slow = ask(shape, "byte-by-byte");

        assertThat(slow.end()).isEqualTo(End.ORDERLY);
        assertThat(slow.body()).contains(USAGE);
    }

    @ParameterizedTest
    @EnumSource
    void statusesComeInTheProvidersShape(Shape shape) throws IOException {
        Seen seen = ask(shape, "status-503");

        assertThat(seen.bytes())
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                .contains("retry-after: 1\r\n");
        assertThat(parse(seen.body()).path("error").path("type").asString()).isEqualTo("server_error");
    }

    @Test
    void countedFaultsRunOut() throws IOException {
        try (AiSimulator own = AiSimulator.start(AiSettings.defaults())) {
            own.behave("gpt-sim", Behaviour.fast().withFault(Fault.named("status-500"), 2));

            assertThat(status(own)).isEqualTo("500");
            assertThat(status(own)).isEqualTo("500");
            assertThat(status(own)).isEqualTo("200");
        }
    }

    private static String status(AiSimulator simulator) throws IOException {
        try (RawConnection connection = new RawConnection(simulator)) {
            return connection.ask(Shape.PLAIN.request("gpt-sim")).bytes().substring(9, 12);
        }
    }

    private static long contents(Seen seen) {
        return seen.body()
                .lines()
                .filter(line -> line.matches("data: \\{.*\"delta\":\\{\"content\":.*}"))
                .count();
    }

    private static JsonNode parse(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static String inflate(byte[] compressed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] unchunk(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int size = Integer.parseInt(body.substring(at, body.indexOf("\r\n", at)), 16);
            if (size == 0) {
                return whole.toString().getBytes(StandardCharsets.ISO_8859_1);
            }
            int start = body.indexOf("\r\n", at) + 2;
            whole.append(body, start, start + size);
            at = start + size + 2;
        }
    }
}
