package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.ClearError.assertTold;
import static io.tollgate.gateway.edge.EdgeGateway.CHAT;
import static io.tollgate.gateway.edge.Http.call;
import static io.tollgate.gateway.edge.Http.head;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.Operator.Customer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request has to be whole in time; how slowly it comes, and whether it ends at all, is the client's affair only until then. */
@Timeout(60)
class SlowClientsTest {

    /** The bound, and what a busy machine adds. */
    private static final Duration SOON = EdgeGateway.REQUEST_TIMEOUT.plusSeconds(4);

    private final EdgeGateway gateway = EdgeGateway.shared();
    private final Customer customer = gateway.customer();

    @Nested
    class ARequest {
        @Test
        void whoseHeadDoesNotEndIs408() {
            try (Wire wire = gateway.connect()) {
                wire.send("POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nX-Slow: ");

                assertTimedOut(wire);
            }
        }

        @Test
        void whoseHeadComesByteByByteIs408() {
            try (Wire wire = gateway.connect()) {
                trickle(wire, head(customer) + "X-More: " + "x".repeat(10_000));

                assertTimedOut(wire);
            }
        }

        @Test
        void whoseBodyDoesNotEndIs408() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Content-Length: 50\r\n\r\n{\"model\":");

                assertTimedOut(wire);
            }
        }

        @Test
        void whoseBodyComesByteByByteIs408() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Content-Length: 5000\r\n\r\n");
                trickle(wire, " ".repeat(5_000));

                assertTimedOut(wire);
            }
        }

        @Test
        void whoseChunksNeverEndIs408() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Transfer-Encoding: chunked\r\n\r\n");
                trickle(wire, "1\r\n \r\n".repeat(5_000));

                assertTimedOut(wire);
            }
        }

        @Test
        void whoseTrailersNeverEndIsNotWaitedFor() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Transfer-Encoding: chunked\r\n\r\n" + Http.chunk(Http.CALL) + "0\r\n");
                trickle(wire, "X-T: 1\r\n".repeat(5_000));

                assertThat(wire.answer().status()).isIn(400, 408, 431);
                assertThat(wire.untilClosed()).isEmpty();
            }
            assertThat(gateway.bodiesSeen(customer)).isEmpty();
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
        }

        @Test
        void thatIsTheSecondOfItsConnectionHasAsMuchTime() {
            try (Wire wire = gateway.connect()) {
                wire.send(call(customer));
                assertThat(wire.answer().status()).isEqualTo(200);

                wire.send(head(customer) + "Content-Length: 50\r\n\r\n{\"model\":");

                assertTimedOut(wire);
            }
        }

        @Test
        void thatComesInPiecesButInTimeIsServed() {
            String call = call(customer);
            try (Wire wire = gateway.connect()) {
                for (int at = 0; at < call.length(); at += 40) {
                    wire.send(call.substring(at, Math.min(call.length(), at + 40)));
                    LockSupport.parkNanos(5_000_000);
                }

                assertThat(wire.answer().status()).isEqualTo(200);
            }
        }

        /** Answered and closed within the bound, with nothing held or sent on. */
        private void assertTimedOut(Wire wire) {
            assertTold(wire.answer(), 408, "request_timeout");
            assertThat(wire.untilClosed()).isEmpty();
            assertThat(gateway.bodiesSeen(customer).size()).isLessThanOrEqualTo(1);
            gateway.settled(customer);
        }
    }

    @Nested
    class TheRestOfARefusedBody {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{",
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{",
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 60000\r\n\r\n{",
                    "PUT /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{",
                    "POST /v1/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{"
                })
        void thatDoesNotComeKeepsTheConnectionNoLongerThanARequest(String request) {
            try (Wire wire = gateway.connect()) {
                wire.send(request);
                assertThat(wire.answer().status()).isBetween(400, 499);

                assertClosedSoon(wire);
            }
        }

        @Test
        void thatComesByteByByteKeepsTheConnectionNoLongerThanARequest() {
            try (Wire wire = gateway.connect()) {
                wire.send("POST " + CHAT
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n");
                assertThat(wire.answer().status()).isEqualTo(401);

                assertThat(trickle(wire, " ".repeat(60_000))).isLessThan(SOON);
            }
        }

        @Test
        void thatIsTooLargeAndNeverEndsIsNotReadForEver() {
            try (Wire wire = gateway.connect()) {
                wire.send(head(customer) + "Transfer-Encoding: chunked\r\n\r\n");
                String chunk = Http.chunk("x".repeat(30_000));

                assertThat(pour(wire, chunk)).isLessThan(SOON);
            }
            assertThat(gateway.settled(customer)).isEqualTo(EdgeGateway.CREDIT);
        }

        private void assertClosedSoon(Wire wire) {
            long begun = System.nanoTime();
            assertThat(wire.untilClosed()).doesNotContain("HTTP/1.1 2");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
    }

    /** Sends byte by byte until all is sent or the gateway has had enough; says how long that took. */
    private static Duration trickle(Wire wire, String text) {
        long begun = System.nanoTime();
        try {
            for (int i = 0; i < text.length() && elapsed(begun).compareTo(SOON) < 0 && !wire.answered(); i++) {
                wire.send(text.substring(i, i + 1));
                LockSupport.parkNanos(1_000_000);
            }
        } catch (UncheckedIOException _) {
            // It has closed the connection.
        }
        return elapsed(begun);
    }

    /** Sends the same again and again until the gateway has had enough; says how long that took. */
    private static Duration pour(Wire wire, String text) {
        long begun = System.nanoTime();
        try {
            while (elapsed(begun).compareTo(SOON) < 0) {
                wire.send(text);
                LockSupport.parkNanos(1_000_000);
            }
        } catch (UncheckedIOException _) {
            // It has closed the connection.
        }
        return elapsed(begun);
    }

    private static Duration elapsed(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
