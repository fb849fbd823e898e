package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.ClearError.assertTold;
import static io.tollgate.gateway.edge.EdgeGateway.CHAT;
import static io.tollgate.gateway.edge.Http.CALL;
import static io.tollgate.gateway.edge.Http.body;
import static io.tollgate.gateway.edge.Http.call;
import static io.tollgate.gateway.edge.Http.head;
import static io.tollgate.gateway.edge.Http.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.edge.Wire.Answer;
import io.tollgate.gateway.installation.Operator.Customer;
import java.util.Collections;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests on a connection, odd ones, and connections that end early. */
@Timeout(60)
class ConnectionsTest {

    private static final String STREAM = body(",\"stream\":true");

    private final EdgeGateway gateway = EdgeGateway.shared();
    private final Customer customer = gateway.customer();

    @Nested
    class Pipelined {
        @Test
        void callsAreAnsweredInTheirOrder() {
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer)
                        + head(customer)
                        + sized(STREAM)
                        + head(customer)
                        + sized("{}")
                        + call(customer));

                assertThat(wire.answer().header("content-type")).isEqualTo("application/json");
                Answer stream = wire.answer();
                assertThat(stream.header("content-type")).isEqualTo("text/event-stream");
                assertThat(stream.body()).endsWith("data: [DONE]\n\n");
                assertTold(wire.answer(), 400, "invalid_request");
                assertThat(wire.answer().status()).isEqualTo(200);
            }
            gateway.settled(customer);
            assertThat(gateway.bodiesSeen(customer)).hasSize(3);
        }

        @Test
        void manyCallsAreAllAnswered() {
            try (Wire wire = gateway.connect()) {
                wire.send(String.join("", Collections.nCopies(100, call(customer))));

                for (int i = 0; i < 100; i++) {
                    assertThat(wire.answer().status()).isEqualTo(200);
                }
            }
            gateway.settled(customer);
            assertThat(gateway.bodiesSeen(customer)).hasSize(100);
        }

        @Test
        void callsAndOtherPathsTakeTurns() {
            String health = "GET /actuator/health/liveness HTTP/1.1\r\nHost: x\r\n\r\n";
            String models =
                    "GET /v1/models HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + customer.key() + "\r\n\r\n";
            try (Wire wire = gateway.connect()) {
                wire.send(health + call(customer) + models + call(customer) + health);

                assertThat(wire.answer().body()).contains("\"UP\"");
                assertThat(wire.answer().body()).contains("\"usage\"");
                assertThat(wire.answer().body()).contains("\"list\"");
                assertThat(wire.answer().body()).contains("\"usage\"");
                assertThat(wire.answer().body()).contains("\"UP\"");
            }
        }

        @Test
        void nothingIsReadAfterACallThatSaysClose() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Connection: close\r\n" + sized(CALL) + call(customer));

                assertThat(wire.answer().status()).isEqualTo(200);
                assertThat(wire.untilClosed()).isEmpty();
            }
            gateway.settled(customer);
            assertThat(gateway.bodiesSeen(customer)).hasSize(1);
        }

        @Test
        void aCallAfterARefusalIsServed() {
            try (Wire wire = gateway.connect()) {
                wire.send("POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + sized(CALL));
                assertTold(wire.answer(), 401, "missing_api_key");

                wire.send(call(customer));

                assertThat(wire.answer().status()).isEqualTo(200);
            }
        }
    }

    @Nested
    class Older {
        @Test
        void http10IsAnsweredAndTheConnectionClosed() {
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer).replace("HTTP/1.1", "HTTP/1.0").replace("Host: tollgate.test\r\n", ""));

                assertThat(wire.answer().body()).contains("\"usage\"");
                assertThat(wire.untilClosed()).isEmpty();
            }
            assertThat(gateway.bodiesSeen(customer)).containsExactly(CALL);
        }

        @Test
        void http10StreamsComeWithoutChunks() {
            try (Wire wire = gateway.connect()) {
                wire.send((head(customer) + sized(STREAM)).replace("HTTP/1.1", "HTTP/1.0"));

                Answer answer = wire.answer();
                assertThat(answer.header("transfer-encoding")).isNull();
                assertThat(answer.body()).startsWith("data: ").endsWith("data: [DONE]\n\n");
            }
        }

        @Test
        void http10MayKeepItsConnection() {
            try (Wire wire = gateway.connect()) {
                String keptAlive =
                        (head(customer) + "Connection: keep-alive\r\n" + sized(CALL)).replace("HTTP/1.1", "HTTP/1.0");
                wire.send(keptAlive);
                assertThat(wire.answer().header("connection")).isEqualToIgnoringCase("keep-alive");

                wire.send(keptAlive);

                assertThat(wire.answer().status()).isEqualTo(200);
            }
        }

        @Test
        void http10InChunksIs400() {
            try (Wire wire = gateway.connect()) {
                wire.send((head(customer) + Http.chunked(CALL)).replace("HTTP/1.1", "HTTP/1.0"));

                assertTold(wire.answer(), 400, "bad_request");
                assertThat(wire.untilClosed()).isEmpty();
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }
    }

    @Nested
    class Targets {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://tollgate.test" + CHAT,
                    "http://tollgate.test" + CHAT + "?a=b",
                    CHAT + "?a=b",
                    CHAT + "?"
                })
        void thatNameAMeteredPathAreMetered(String target) {
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer).replace("POST " + CHAT, "POST " + target));

                assertThat(wire.answer().status()).isEqualTo(200);
            }
            gateway.settled(customer);
            assertThat(gateway.upstream.seenFor(customer.account()))
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.line()).isEqualTo("POST /chat/completions HTTP/1.1"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    CHAT + "/",
                    "/" + CHAT,
                    "/v1/./chat/completions",
                    "/v1/../v1/chat/completions",
                    "/v1/chat%2Fcompletions",
                    "/%761/chat/completions",
                    "/V1/chat/completions",
                    CHAT + ";a=b",
                    CHAT + "#fragment",
                    CHAT + "%00",
                    CHAT + "%",
                    "http://",
                    "http:///" + CHAT,
                    "ftp://tollgate.test" + CHAT,
                    "tollgate.test" + CHAT,
                    "//tollgate.test" + CHAT,
                    "*",
                    "\\v1\\chat",
                    "/\u00e9"
                })
        void thatNameNothingAre4xxAndNeverReachAnUpstream(String target) {
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer).replace("POST " + CHAT, "POST " + target));

                assertThat(wire.answer().status()).isBetween(400, 499);
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }
    }

    @Nested
    class Methods {
        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "post"})
        void otherThanPostAre405AndLeaveTheConnectionUsable(String method) {
            try (Wire wire = gateway.connect()) {
                wire.send(Http.line(method, CHAT) + "Host: x\r\nAuthorization: Bearer " + customer.key() + "\r\n\r\n");

                Answer answer = wire.answerTo(method);
                assertThat(answer.status()).isEqualTo(405);
                assertThat(answer.header("allow")).isEqualTo("POST");
                wire.send(call(customer));
                assertThat(wire.answer().status()).isEqualTo(200);
            }
        }

        @Test
        void connectIsNotATunnel() {
            try (Wire wire = gateway.connect()) {
                wire.send("CONNECT upstream.test:443 HTTP/1.1\r\nHost: upstream.test:443\r\n\r\n");

                assertThat(wire.answer().status()).isBetween(400, 499);
            }
        }

        @Test
        void aBodyOfARefusedMethodIsNotReadAsARequest() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer).replace("POST", "GET") + sized(call(customer)));

                assertThat(wire.answer().status()).isEqualTo(405);
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }
    }

    @Nested
    class Upgrades {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\nSec-WebSocket-Version: 13\r\n",
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
                    "Connection: upgrade\r\nUpgrade: TLS/1.0\r\n"
                })
        void areNotTakenUpAndNotPassedOn(String lines) {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + lines + sized(CALL));

                assertThat(wire.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.upstream.seenFor(customer.account()))
                    .singleElement()
                    .satisfies(seen -> {
                        assertThat(seen.header("upgrade")).isNull();
                        assertThat(seen.header("http2-settings")).isNull();
                    });
        }

        @Test
        void http2WithoutAskingIsRefused() {
            try (Wire wire = gateway.connect()) {
                wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

                assertThat(wire.untilClosed()).startsWith("HTTP/1.1 4");
            }
        }
    }

    @Nested
    class HalfClosed {
        /** As nginx and Envoy do: nothing else tells it from a client that has crashed or lost interest, whose call would go on at its cost. */
        @Test
        void aClientThatStopsSendingBeforeItsAnswerIsTakenForOneThatHasLeft() {
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer)).halfClose();

                assertThat(wire.untilClosed())
                        .satisfiesAnyOf(
                                answer -> assertThat(answer).isEmpty(),
                                answer -> assertThat(answer).startsWith("HTTP/1.1 200 "));
            }
            gateway.settled(customer);
            assertThat(gateway.bodiesSeen(customer).size()).isLessThanOrEqualTo(1);
        }

        @Test
        void aClientThatBreaksOffInItsBodyIsNotHeldOrForwarded() {
            String call = call(customer);
            try (Wire wire = gateway.connect()) {
                wire.send(call.substring(0, call.length() - 1)).halfClose();

                assertThat(wire.untilClosed())
                        .satisfiesAnyOf(
                                answer -> assertThat(answer).isEmpty(),
                                answer -> assertThat(answer).startsWith("HTTP/1.1 4"));
            }
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }

        @Test
        void aClientThatBreaksOffInItsChunksIsNotHeldOrForwarded() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Transfer-Encoding: chunked\r\n\r\n" + Http.chunk(CALL))
                        .halfClose();

                assertThat(wire.untilClosed())
                        .satisfiesAnyOf(
                                answer -> assertThat(answer).isEmpty(),
                                answer -> assertThat(answer).startsWith("HTTP/1.1 4"));
            }
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
        }
    }
}
