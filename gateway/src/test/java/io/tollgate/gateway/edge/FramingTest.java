package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.ClearError.assertTold;
import static io.tollgate.gateway.edge.EdgeGateway.CHAT;
import static io.tollgate.gateway.edge.Http.CALL;
import static io.tollgate.gateway.edge.Http.END;
import static io.tollgate.gateway.edge.Http.call;
import static io.tollgate.gateway.edge.Http.chunk;
import static io.tollgate.gateway.edge.Http.chunked;
import static io.tollgate.gateway.edge.Http.head;
import static io.tollgate.gateway.edge.Http.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.edge.Wire.Answer;
import io.tollgate.gateway.installation.Operator.Customer;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request ends is never in doubt: whatever two readers could read differently is refused, and nothing after it is read. */
@Timeout(60)
class FramingTest {

    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private final EdgeGateway gateway = EdgeGateway.shared();

    @Nested
    class InDoubt {

        static Stream<String> lengths() {
            return Stream.of(
                            "Content-Length: %d\r\nTransfer-Encoding: chunked",
                            "Transfer-Encoding: chunked\r\nContent-Length: %d",
                            "Content-Length: %d\r\nContent-Length: 0",
                            "Content-Length: 0\r\nContent-Length: %d",
                            "Content-Length: %d, 0",
                            "Content-Length: %d, %d",
                            "Content-Length: +%d",
                            "Content-Length: -%d",
                            "Content-Length: %d.0",
                            "Content-Length: 0x%d",
                            "Content-Length: %d 1",
                            "Content-Length: 99999999999999999999",
                            "Content-Length: ",
                            "Content-Length: nought",
                            "Content-Length : %d",
                            "Content-Length\t: %d",
                            "Content-Length:\u000b%d",
                            "Content-Length: %d\u0000",
                            "Content-Length: %d\r\nX-Nul: a\u0000b",
                            "Content-Length: %d\r\nX-Cr: a\rb",
                            "Content-Length: %d\r\nX\u0000: a",
                            "Content-Length: %d\r\nX Y: a",
                            "Content-Length: %d\r\n: a",
                            "Content-Length: %d\r\nNoColon",
                            "Content-Length: %d\nX-Bare: lf",
                            "Content-Length: %d\r\nHost: elsewhere.test")
                    .map(line -> line.replace("%d", Integer.toString(CALL.length())));
        }

        @ParameterizedTest
        @MethodSource("lengths")
        void aLengthOrAHeaderIs400(String lines) {
            assertRefused(customer -> head(customer) + lines + "\r\n\r\n" + CALL);
        }

        static Stream<String> codings() {
            return Stream.of(
                    "Transfer-Encoding: chunked, chunked",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: identity, chunked",
                    "Transfer-Encoding: chunked, identity",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                    "Transfer-Encoding: identity",
                    "Transfer-Encoding: gzip",
                    "Transfer-Encoding: gzip, chunked",
                    "Transfer-Encoding: xchunked",
                    "Transfer-Encoding: chunkedx",
                    "Transfer-Encoding: \"chunked\"",
                    "Transfer-Encoding: chunked;q=1",
                    "Transfer-Encoding: ,chunked",
                    "Transfer-Encoding:",
                    "Transfer-Encoding:\u000bchunked",
                    "Transfer-Encoding : chunked",
                    "Transfer-Encoding: chunked\nX: y",
                    "Transfer-Encoding: chunked\u0000");
        }

        @ParameterizedTest
        @MethodSource("codings")
        void aCodingIs400(String lines) {
            assertRefused(customer -> head(customer) + lines + "\r\n\r\n" + chunk(CALL) + END);
        }

        static Stream<String> chunks() {
            return Stream.of(
                    "zz\r\n" + CALL + "\r\n" + END,
                    "-5\r\n" + CALL + "\r\n" + END,
                    "+5\r\n" + CALL + "\r\n" + END,
                    "0x5\r\n" + CALL + "\r\n" + END,
                    "\r\n" + CALL + "\r\n" + END,
                    "FFFFFFFFFFFFFFFFF\r\n" + CALL + "\r\n" + END,
                    "80000000\r\n" + CALL + "\r\n" + END,
                    Integer.toHexString(CALL.length()) + "\n" + CALL + "\r\n" + END,
                    Integer.toHexString(CALL.length()) + "\r" + CALL + "\r\n" + END,
                    Integer.toHexString(CALL.length()) + ";a\nb\r\n" + CALL + "\r\n" + END,
                    Integer.toHexString(CALL.length()) + "\r\n" + CALL + "\n" + END,
                    Integer.toHexString(CALL.length()) + "\r\n" + CALL + END,
                    Integer.toHexString(CALL.length() - 1) + "\r\n" + CALL + "\r\n" + END,
                    chunk(CALL) + "0\n\n");
        }

        @ParameterizedTest
        @MethodSource("chunks")
        void aChunkIs400(String body) {
            assertRefused(customer -> head(customer) + CHUNKED + "\r\n" + body);
        }

        static Stream<String> requestLines() {
            return Stream.of(
                    "POST " + CHAT + " HTTP/2.0",
                    "POST " + CHAT + " HTTP/1.2x",
                    "POST " + CHAT + " HTTP/1",
                    "POST " + CHAT + " HTTP/1.1 more",
                    "POST " + CHAT + " x HTTP/1.1",
                    "POST " + CHAT,
                    "POST",
                    "P\u0000ST " + CHAT + " HTTP/1.1",
                    "POST \u0000" + CHAT + " HTTP/1.1",
                    "POST " + CHAT + "?\u0001 HTTP/1.1",
                    "P(ST " + CHAT + " HTTP/1.1");
        }

        @ParameterizedTest
        @MethodSource("requestLines")
        void aRequestLineIs400(String line) {
            assertRefused(customer -> call(customer).replace("POST " + CHAT + " HTTP/1.1", line));
        }

        @Test
        void bareLineFeedsAre400() {
            assertRefused(customer -> call(customer).replace("\r\n", "\n"));
        }

        @Test
        void aMissingHostIs400() {
            assertRefused(customer -> call(customer).replace("Host: tollgate.test\r\n", ""));
        }

        /** Whatever follows on the connection is not read as a request of its own. */
        private void assertRefused(Function<Customer, String> request) {
            Customer customer = gateway.customer();
            Customer second = gateway.customer();
            try (Wire wire = gateway.connect()) {
                wire.send(request.apply(customer) + call(second));

                assertTold(wire.answer(), 400, "bad_request");
                assertThat(wire.untilClosed()).isEmpty();
            }
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
            assertThat(gateway.bodiesSeen(second)).isEmpty();
        }
    }

    @Nested
    class BeyondDoubt {

        static Stream<String> bodies() {
            int half = CALL.length() / 2;
            String size = Integer.toHexString(CALL.length());
            return Stream.of(
                    sized(CALL),
                    "Content-Length: 000" + CALL.length() + "\r\n\r\n" + CALL,
                    "Content-Length:\t" + CALL.length() + " \t\r\n\r\n" + CALL,
                    chunked(CALL),
                    chunked(CALL).replace("chunked", "CHUNKED"),
                    chunked(CALL.substring(0, half), CALL.substring(half)),
                    CHUNKED + "\r\n" + size.toUpperCase(Locale.ROOT) + "\r\n" + CALL + "\r\n" + END,
                    CHUNKED + "\r\n000" + size + "\r\n" + CALL + "\r\n" + END,
                    CHUNKED + "\r\n" + size + ";a=b;c=\"d\"\r\n" + CALL + "\r\n" + END,
                    CHUNKED + "\r\n" + chunk(CALL) + "0;last\r\n\r\n",
                    CHUNKED + "\r\n" + chunk(CALL) + "0\r\nContent-Length: 1\r\nTollgate-Cost: 0\r\n\r\n");
        }

        @ParameterizedTest
        @MethodSource("bodies")
        void aBodyReachesTheUpstreamAsItIsAndTheNextRequestIsRead(String framed) {
            Customer customer = gateway.customer();
            Customer second = gateway.customer();
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + framed + call(second));

                Answer answer = wire.answer();
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(wire.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.settled(customer)).isLessThan(EdgeGateway.CREDIT);
            assertThat(gateway.bodiesSeen(customer)).containsExactly(CALL);
            assertThat(gateway.bodiesSeen(second)).containsExactly(CALL);
            assertThat(gateway.upstream.faults()).isEmpty();
        }

        /** RFC 9112 lets a reader take any blanks between the parts; nothing of the line goes on to the upstream. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "POST " + CHAT + "  HTTP/1.1",
                    "POST  " + CHAT + " HTTP/1.1",
                    "POST\t" + CHAT + "\tHTTP/1.1",
                    " POST " + CHAT + " HTTP/1.1",
                    "\r\n\r\nPOST " + CHAT + " HTTP/1.1"
                })
        void aRequestLineWithOtherBlanksIsMetered(String line) {
            Customer customer = gateway.customer();
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer).replace("POST " + CHAT + " HTTP/1.1", line));

                assertThat(wire.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.settled(customer)).isLessThan(EdgeGateway.CREDIT);
        }

        /** RFC 9112 §5.2: a folded line is one, with a blank instead of the break. */
        @Test
        void aFoldedLineIsOneHeaderWhateverItLooksLike() {
            Customer customer = gateway.customer();
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "X-Folded: a\r\n Content-Length: 0\r\n\tTransfer-Encoding: chunked\r\n"
                        + sized(CALL));

                assertThat(wire.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.upstream.seenFor(customer.account()))
                    .singleElement()
                    .satisfies(seen -> {
                        assertThat(seen.header("x-folded")).isEqualTo("a Content-Length: 0 Transfer-Encoding: chunked");
                        assertThat(seen.text()).isEqualTo(CALL);
                    });
        }

        @Test
        void aCallWithoutABodyIsRefusedAsOneWithAnEmptyBody() {
            Customer customer = gateway.customer();
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "\r\n" + call(customer));

                assertTold(wire.answer(), 400, "invalid_request");
                assertThat(wire.answer().status()).isEqualTo(200);
            }
            assertThat(gateway.bodiesSeen(customer)).containsExactly(CALL);
        }
    }
}
