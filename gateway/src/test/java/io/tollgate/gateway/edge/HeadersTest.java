package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.ClearError.assertTold;
import static io.tollgate.gateway.edge.EdgeGateway.CHAT;
import static io.tollgate.gateway.edge.Http.CALL;
import static io.tollgate.gateway.edge.Http.body;
import static io.tollgate.gateway.edge.Http.call;
import static io.tollgate.gateway.edge.Http.head;
import static io.tollgate.gateway.edge.Http.sized;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.edge.RecordingUpstream.Seen;
import io.tollgate.gateway.edge.Wire.Answer;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client writes into headers, and what of it an upstream gets to see. */
@Timeout(60)
class HeadersTest {

    private final EdgeGateway gateway = EdgeGateway.shared();
    private final Customer customer = gateway.customer();

    @Nested
    class ThatAClientMayNotSet {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Tollgate-Cost",
                    "tollgate-cost",
                    "TOLLGATE-COST",
                    "Tollgate-Account",
                    "Tollgate-Request-Id",
                    "Tollgate-Output-Cap",
                    "Tollgate-Anything",
                    "x-litellm-response-cost",
                    "X-LiteLLM-Key-Spend",
                    "x-litellm-total-tokens",
                    "Cookie",
                    "Proxy-Authorization",
                    "OpenAI-Organization",
                    "OpenAI-Project",
                    "Api-Key",
                    "X-Api-Key",
                    "Accept-Encoding",
                    "TE",
                    "Trailer",
                    "Keep-Alive",
                    "Proxy-Connection"
                })
        void neverReachTheUpstreamAndChangeNoCharge(String name) {
            Seen seen = seenAfter(name + ": 0.000001");

            assertThat(seen.headers())
                    .noneSatisfy(header -> assertThat(header.value()).isEqualTo("0.000001"));
            assertThat(seen.header("tollgate-account")).isEqualTo(customer.account());
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT.minus(costOfAnAnswer()));
        }

        @Test
        void areNotToldApartByConnection() {
            Seen seen = seenAfter("Connection: close, X-Private\r\nX-Private: 1\r\nX-Public: 2");

            assertThat(seen.header("x-private")).isNull();
            assertThat(seen.header("x-public")).isEqualTo("2");
        }

        @Test
        void cannotBeTakenAwayByNamingThemInConnection() {
            Seen seen = seenAfter(
                    "Connection: Tollgate-Account, Tollgate-Request-Id, Content-Length, Authorization, Content-Type");

            assertThat(seen.header("tollgate-account")).isEqualTo(customer.account());
            assertThat(seen.header("tollgate-request-id")).isNotBlank();
            assertThat(seen.text()).isEqualTo(CALL);
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT.minus(costOfAnAnswer()));
        }

        @Test
        void includeTheCredentialWhichIsNeverTheClients() {
            Seen seen = seenAfter("X-Harmless: 1");

            assertThat(seen.headers())
                    .noneSatisfy(header -> assertThat(header.value()).contains(customer.key()));
        }
    }

    @Nested
    class ThatAreOddButHarmless {
        @Test
        void reachTheUpstreamAsTheyAre() {
            Seen seen = seenAfter("X-Empty:\r\nX-Latin: caf\u00e9\r\nX-Long: " + "y".repeat(2_000)
                    + "\r\nX-Punct: !#$%&'*+.^_`|~:;<>=?@");

            assertThat(seen.header("x-empty")).isEmpty();
            assertThat(seen.header("x-long")).hasSize(2_000);
            assertThat(seen.header("x-punct")).isEqualTo("!#$%&'*+.^_`|~:;<>=?@");
        }

        @Test
        void ofWhichThereAreTwoAreBothPassedOnOrNone() {
            Seen seen = seenAfter("X-Twice: 1\r\nX-Twice: 2");

            assertThat(seen.headers().stream()
                            .filter(header -> header.name().equalsIgnoreCase("x-twice"))
                            .map(Header::value))
                    .isIn(List.of("1", "2"), List.of("1, 2"));
        }
    }

    @Nested
    class Expect {
        @Test
        void hundredContinueIsAnsweredBeforeTheBodyIsSent() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Expect: 100-continue\r\nContent-Length: " + CALL.length() + "\r\n\r\n");
                assertThat(wire.nextAnswer().status()).isEqualTo(100);

                wire.send(CALL);

                assertThat(wire.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.upstream.seenFor(customer.account()))
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.header("expect")).isNull());
        }

        @Test
        void hundredContinueIsRefusedAtOnceToWhoHasNoKey() {
            try (Wire wire = gateway.connect()) {
                wire.send(
                        "POST " + CHAT
                                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 50\r\n\r\n");

                assertTold(wire.nextAnswer(), 401, "missing_api_key");
            }
        }

        @Test
        void hundredContinueIsRefusedAtOnceForABodyThatIsTooLarge() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Expect: 100-continue\r\nContent-Length: 10000000\r\n\r\n");

                assertTold(wire.nextAnswer(), 413, "request_too_large");
            }
        }

        @Test
        void somethingElseIs417() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Expect: miracles\r\n" + sized(CALL));

                assertTold(wire.answer(), 417, "expectation_failed");
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }
    }

    @Nested
    class OfTheBody {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Encoding: gzip",
                    "Content-Encoding: br",
                    "Content-Encoding: unheard-of",
                    "Content-Encoding: identity, gzip",
                    "Content-Type: text/plain",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Type: multipart/form-data; boundary=x",
                    "Content-Type: application/jsonx",
                    "Content-Type: text/plain; application/json",
                    "Content-Type: application/json; charset=utf-16",
                    "Content-Type: application/json; charset=iso-8859-1",
                    "Content-Type: application/json\r\nContent-Type: text/plain",
                    "Content-Type:"
                })
        void thatItCannotBeReadByIs415(String line) {
            try (Wire wire = gateway.connect()) {
                wire.send(headWithout("Content-Type: application/json\r\n")
                        + (line.startsWith("Content-Encoding") ? "Content-Type: application/json\r\n" : "")
                        + line + "\r\n" + sized(CALL));

                assertTold(wire.answer(), 415, "unsupported_media_type");
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Type: application/json; charset=utf-8",
                    "Content-Type: application/json;charset=\"UTF-8\"",
                    "content-type: APPLICATION/JSON",
                    "Content-Encoding: identity\r\nContent-Type: application/json"
                })
        void thatItCanBeReadByIsServed(String lines) {
            try (Wire wire = gateway.connect()) {
                wire.send(headWithout("Content-Type: application/json\r\n") + lines + "\r\n" + sized(CALL));

                assertThat(wire.answer().status()).isEqualTo(200);
            }
        }
    }

    @Nested
    class OfTheCredential {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Authorization: Bearer",
                    "Authorization: Bearer ",
                    "Authorization: Basic dXNlcjpwYXNz",
                    "Authorization: Bearer tg_\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
                    "Authorization: Bearer tg_0000000000000000000000000000000000000000000000000",
                    "Authorization: Bearer ' OR 1=1 --",
                    "X-Nothing: 1"
                })
        void thatIsNoKeyIs401(String line) {
            try (Wire wire = gateway.connect()) {
                wire.send("POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + line + "\r\n"
                        + sized(CALL));

                Answer answer = wire.answer();
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
                assertThat(answer.body()).contains("_api_key\"");
            }
        }

        @Test
        void givenTwiceIsRefusedUnlessBothAreTheSame() {
            Customer other = gateway.customer();
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Authorization: Bearer " + other.key() + "\r\n" + sized(CALL));

                assertThat(wire.answer().status()).isIn(400, 401);
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
            assertThat(gateway.bodiesSeen(other)).isEmpty();
        }
    }

    @Nested
    class TooLarge {
        @Test
        void aRequestLineIs414() {
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer).replace(CHAT, CHAT + "?" + "x".repeat(20_000)));

                assertTold(wire.answer(), 414, "uri_too_long");
                assertThat(wire.untilClosed()).isEmpty();
            }
        }

        @Test
        void aHeaderIs431() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "X-Large: " + "x".repeat(70_000) + "\r\n" + sized(CALL));

                assertTold(wire.answer(), 431, "headers_too_large");
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }

        @Test
        void manyHeadersAre431() {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                many.append("X-").append(i).append(": ").append(i).append("\r\n");
            }
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + many + sized(CALL));

                assertTold(wire.answer(), 431, "headers_too_large");
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }

        @Test
        void aBodyIs413() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + sized(body(",\"x\":\"" + "x".repeat(EdgeGateway.BODY_MAX) + "\"")));

                assertTold(wire.answer(), 413, "request_too_large");
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }

        @Test
        void aBodyInChunksIs413() {
            try (Wire wire = gateway.connect()) {
                String chunk = Http.chunk("x".repeat(1_000));
                wire.send(head(customer) + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(70));

                assertTold(wire.answer(), 413, "request_too_large");
                assertThat(wire.untilClosed()).isEmpty();
            }
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
        }

        @Test
        void aBodyOfExactlyTheBoundIsServed() {
            String empty = body(",\"x\":\"\"");
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer)
                        + sized(body(",\"x\":\"" + "x".repeat(EdgeGateway.BODY_MAX - empty.length()) + "\"")));

                assertThat(wire.answer().status()).isEqualTo(200);
            }
        }
    }

    private String headWithout(String line) {
        return head(customer).replace(line, "");
    }

    private Seen seenAfter(String lines) {
        try (Wire wire = gateway.connect()) {
            wire.send((head(customer) + lines + "\r\n" + sized(CALL)).getBytes(ISO_8859_1));
            Answer answer = wire.answer();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
        return gateway.upstream.seenFor(customer.account()).getFirst();
    }

    private static Credits costOfAnAnswer() {
        long micros = RecordingUpstream.PROMPT_TOKENS * EdgeGateway.PRICE_IN
                + RecordingUpstream.COMPLETION_TOKENS * EdgeGateway.PRICE_OUT;
        return Credits.ofMicros(micros);
    }
}
