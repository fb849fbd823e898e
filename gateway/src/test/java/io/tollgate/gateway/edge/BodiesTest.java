package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.ClearError.assertTold;
import static io.tollgate.gateway.edge.EdgeGateway.DEFAULT_OUTPUT;
import static io.tollgate.gateway.edge.EdgeGateway.PRICE_OUT;
import static io.tollgate.gateway.edge.Http.body;
import static io.tollgate.gateway.edge.Http.head;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.edge.Wire.Answer;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that two readers could understand differently, or that should cost more than they say. */
@Timeout(60)
class BodiesTest {

    private final EdgeGateway gateway = EdgeGateway.shared();
    private final Customer customer = gateway.customer();

    @Nested
    class ThatAreNotOneReading {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ",\"max_tokens\":1,\"max_tokens\":100000",
                    ",\"max_tokens\":1,\"max\\u005ftokens\":100000",
                    ",\"max\\u005ftokens\":1,\"m\\u0061x_tokens\":100000",
                    ",\"max_completion_tokens\":1,\"max_completion_tokens\":1",
                    ",\"n\":1,\"n\":100",
                    ",\"\\u006e\":1,\"n\":100",
                    ",\"stream\":false,\"stream\":true",
                    ",\"model\":\"gpt-sim-slow\"",
                    ",\"mod\\u0065l\":\"gpt-sim-slow\"",
                    ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_usage\":false}",
                    ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_us\\u0061ge\":false}",
                    ",\"stream\":true,\"stream_options\":{},\"stream_options\":{\"include_usage\":false}"
                })
        void aFieldGivenTwiceIs400(String more) {
            assertRefused(body(more).getBytes(UTF_8));
        }

        /** Some providers read names without regard to case, and take the last of several. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    ",\"MAX_TOKENS\":100000",
                    ",\"max_tokens\":1,\"Max_Tokens\":100000",
                    ",\"N\":100",
                    ",\"Stream\":true",
                    ",\"max_to\u212aens\":100000",
                    ",\"\u017ftream\":true"
                })
        void aFieldSpeltInAnotherCaseIs400(String more) {
            assertRefused(body(more).getBytes(UTF_8));
        }

        static Stream<byte[]> encodings() {
            return Stream.of(
                    body("").getBytes(UTF_16),
                    body("").getBytes(UTF_16LE),
                    body("").getBytes(Charset.forName("UTF-32")),
                    joined(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, body("")),
                    // An overlong spelling of max_tokens, which a strict reader does not know
                    joined(
                            "{\"model\":\"gpt-sim\",\"messages\":[],\"".getBytes(UTF_8),
                            new byte[] {(byte) 0xc1, (byte) 0xad},
                            "ax_tokens\":1}".getBytes(UTF_8)),
                    joined(
                            "{\"model\":\"gpt-sim\",\"x\":\"".getBytes(UTF_8),
                            new byte[] {(byte) 0xff},
                            "\"}".getBytes(UTF_8)),
                    joined(
                            "{\"model\":\"gpt-sim\",\"x\":\"".getBytes(UTF_8),
                            new byte[] {(byte) 0xc0, (byte) 0xaf},
                            "\"}".getBytes(UTF_8)),
                    joined(
                            "{\"model\":\"gpt-sim\",\"x\":\"".getBytes(UTF_8),
                            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                            "\"}".getBytes(UTF_8)),
                    joined(
                            "{\"model\":\"gpt-sim\",\"x\":\"".getBytes(UTF_8),
                            new byte[] {(byte) 0xe2, (byte) 0x82},
                            "\"}".getBytes(UTF_8)),
                    joined(
                            "{\"model\":\"gpt-sim\",\"x\":\"".getBytes(UTF_8),
                            new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                            "\"}".getBytes(UTF_8)),
                    joined("{\"model\":\"gpt-sim\",\"x\":\"".getBytes(UTF_8), new byte[] {0}, "\"}".getBytes(UTF_8)));
        }

        @ParameterizedTest
        @MethodSource("encodings")
        void anotherEncodingThanUtf8Is400(byte[] body) {
            assertRefused(body);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "[]",
                    "\"model\"",
                    "{\"model\":\"gpt-sim\",\"messages\":[]",
                    "{\"model\":\"gpt-sim\",\"messages\":[]}}",
                    "{\"model\":\"gpt-sim\",\"messages\":[]} {}",
                    "{\"model\":\"gpt-sim\",\"messages\":[],}",
                    "{\"model\":\"gpt-sim\",\"messages\":[1,]}",
                    "{\"model\":\"gpt-sim\",/**/\"messages\":[]}",
                    "{\"model\":\"gpt-sim\",\"messages\":[]} // end",
                    "{\"model\":\"gpt-sim\",\"messages\":[]} # end",
                    "{'model':'gpt-sim'}",
                    "{model:\"gpt-sim\"}",
                    "{\"model\":\"gpt-sim\",\"x\":NaN}",
                    "{\"model\":\"gpt-sim\",\"x\":Infinity}",
                    "{\"model\":\"gpt-sim\",\"x\":-Infinity}",
                    "{\"model\":\"gpt-sim\",\"x\":+1}",
                    "{\"model\":\"gpt-sim\",\"x\":01}",
                    "{\"model\":\"gpt-sim\",\"x\":.5}",
                    "{\"model\":\"gpt-sim\",\"x\":5.}",
                    "{\"model\":\"gpt-sim\",\"x\":1e}",
                    "{\"model\":\"gpt-sim\",\"x\":0x10}",
                    "{\"model\":\"gpt-sim\",\"x\":True}",
                    "{\"model\":\"gpt-sim\",\"x\":\"\\x\"}",
                    "{\"model\":\"gpt-sim\",\"x\":\"\\u12\"}",
                    "{\"model\":\"gpt-sim\",\"x\":\"a\nb\"}",
                    "{\"model\":\"gpt-sim\"\u00a0}",
                    "{\"model\":\"gpt-sim\" \"x\":1}",
                    "{\"model\" \"gpt-sim\"}",
                    "{\"model\":\"gpt-sim\",\"x\"}"
                })
        void whatIsNotJsonByTheLetterIs400(String body) {
            assertRefused(body.getBytes(UTF_8));
        }

        private void assertRefused(byte[] body) {
            Answer answer = post(body);

            assertTold(answer, 400, "invalid_request");
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
        }
    }

    @Nested
    class WithAFieldOutOfBounds {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "max_tokens | 0",
                    "max_tokens | -0",
                    "max_tokens | -1",
                    "max_tokens | 1e99",
                    "max_tokens | 1e2",
                    "max_tokens | 1.0",
                    "max_tokens | 1.5",
                    "max_tokens | 2147483648",
                    "max_tokens | 9223372036854775808",
                    "max_tokens | 18446744073709551617",
                    "max_tokens | '10'",
                    "max_tokens | ''",
                    "max_tokens | true",
                    "max_tokens | []",
                    "max_tokens | [1]",
                    "max_tokens | {}",
                    "max_completion_tokens | 0",
                    "max_completion_tokens | 1e99",
                    "max_completion_tokens | '1'",
                    "n | 0",
                    "n | -1",
                    "n | 129",
                    "n | 10000",
                    "n | 1.0",
                    "n | '2'",
                    "n | true",
                    "n | [2]",
                    "stream | 'true'",
                    "stream | 1",
                    "stream | 0",
                    "stream | 'false'",
                    "stream | {}",
                    "stream | []",
                    "stream_options | true",
                    "stream_options | 'x'",
                    "stream_options | [1]"
                })
        void are400ThatNameTheField(String field, String value) {
            Answer answer =
                    post(body(",\"" + field + "\":" + value.replace('\'', '"')).getBytes(UTF_8));

            assertTold(answer, 400, "invalid_request");
            assertThat(answer.body()).contains("\"param\":\"" + field);
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
        }
    }

    @Nested
    class ThatAreHuge {

        @ParameterizedTest
        @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
        void inDepthAre400(String level) {
            String deep = level.repeat(60_000 / level.length() - 20);

            Answer answer = post(("{\"model\":\"gpt-sim\",\"x\":" + deep).getBytes(UTF_8));

            assertTold(answer, 400, "invalid_request");
            assertThat(answer.body().length()).isLessThan(1_000);
        }

        @Test
        void inDepthAreRefusedAlsoWhereTheyAreWhole() {
            String deep = "[".repeat(20_000) + "]".repeat(20_000);

            assertTold(post(body(",\"x\":" + deep).getBytes(UTF_8)), 400, "invalid_request");
        }

        @ParameterizedTest
        @ValueSource(strings = {"max_tokens", "n", "temperature", "seed"})
        void inDigitsAre400OrPassedOnAsTheyAre(String field) {
            byte[] huge = body(",\"" + field + "\":" + "9".repeat(20_000)).getBytes(UTF_8);

            assertRefusedOrVerbatim(huge);
        }

        @Test
        void inANameAre400OrPassedOnAsTheyAre() {
            assertRefusedOrVerbatim(body(",\"" + "y".repeat(55_000) + "\":1").getBytes(UTF_8));
        }

        @Test
        void inTheModelsNameAreToldWithoutRepeatingIt() {
            Answer answer = post(("{\"model\":\"" + "m".repeat(50_000) + "\",\"messages\":[]}").getBytes(UTF_8));

            assertTold(answer, 400, "invalid_request");
            assertThat(answer.body().length()).isLessThan(1_000);
        }

        @Test
        void inManyFieldsArePassedOn() {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                many.append(",\"f").append(i).append("\":0");
            }

            assertRefusedOrVerbatim(body(many.toString()).getBytes(UTF_8));
        }

        @Test
        void ofNamesThatCollideCostNoMoreTime() {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 4_096; i++) {
                many.append(",\"");
                for (int bit = 0; bit < 12; bit++) {
                    many.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                many.append("\":0");
            }
            long begun = System.nanoTime();

            assertRefusedOrVerbatim(body(many.substring(0, 60_000 / 29 * 29)).getBytes(UTF_8));

            assertThat(System.nanoTime() - begun).isLessThan(3_000_000_000L);
        }

        private void assertRefusedOrVerbatim(byte[] body) {
            Answer answer = post(body);

            assertThat(answer.status()).as(answer.toString()).isIn(200, 400);
            gateway.settled(customer);
            if (answer.status() == 200) {
                assertThat(gateway.bodiesSeen(customer)).containsExactly(new String(body, UTF_8));
            } else {
                assertTold(answer, 400, "invalid_request");
                assertThat(gateway.bodiesSeen(customer)).isEmpty();
            }
        }
    }

    @Nested
    class ThatAreOddButClear {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    ",\"x\":\"\\ud800\"",
                    ",\"x\":\"\\udc00\\ud800\"",
                    ",\"x\":\"\\u0000\"",
                    ",\"x\":\"\u2028\u00e9\ud83d\ude00\"",
                    ",\"x\":1e400",
                    ",\"x\":-0",
                    ",\"x\":1,\"x\":2",
                    ",\"\":1",
                    ",\"max_tokens\":null",
                    ",\"n\":null",
                    ",\"stream\":null",
                    ",\"stream_options\":null",
                    ",\"tollgate_cost\":0,\"usage\":{\"prompt_tokens\":0}",
                    ",\"metadata\":{\"max_tokens\":5,\"n\":7,\"stream\":true,\"model\":\"other\"}"
                })
        void arePassedOnAsTheyAre(String more) {
            Answer answer = post(body(more).getBytes(UTF_8));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            gateway.settled(customer);
            assertThat(gateway.bodiesSeen(customer)).containsExactly(body(more));
        }

        @Test
        void withANegativeOrHugeAnswerOfTheirOwnAreStillCharged() {
            post(body(",\"max_tokens\":2147483647").getBytes(UTF_8));

            assertThat(gateway.settled(customer)).isLessThan(EdgeGateway.CREDIT);
        }
    }

    @Nested
    class OfAnAccountThatHasLittle {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ",\"max_tokens\":10000",
                    ",\"max_completion_tokens\":2147483647",
                    ",\"n\":128",
                    ",\"max_tokens\":1000,\"n\":128"
                })
        void are402ForTheirCapTimesTheirChoices(String more) {
            long little = DEFAULT_OUTPUT * PRICE_OUT / 1_000_000;
            Customer poor = gateway.operator.createAccount("poor");
            gateway.operator.give(poor, Credits.ofMicros(Math.max(1, little)));
            try (Wire wire = gateway.connect()) {
                wire.send(head(poor) + Http.sized(body(more)));

                assertThat(wire.answer().status()).isEqualTo(402);
            }
            assertThat(gateway.bodiesSeen(poor)).isEmpty();
        }
    }

    private Answer post(byte[] body) {
        try (Wire wire = gateway.connect()) {
            wire.send(joined((head(customer) + "Content-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8), body));
            return wire.answer();
        }
    }

    private static byte[] joined(byte[] first, String rest) {
        return joined(first, rest.getBytes(UTF_8));
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
