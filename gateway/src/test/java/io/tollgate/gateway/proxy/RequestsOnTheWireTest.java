package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.CHAT;
import static io.tollgate.gateway.proxy.Client.chat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.proxy.Gateway.Customer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no HTTP library sends, byte by byte. */
@Timeout(60)
class RequestsOnTheWireTest {

    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = new Gateway("--tollgate.server.request-timeout=1s");
        client = new Client(gateway.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Nested
    class WhoseEndIsInDoubt {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Transfer-Encoding: chunked, chunked",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: identity, chunked",
                    "Transfer-Encoding: gzip",
                    "Transfer-Encoding: chunked\r\nContent-Length: 3",
                    "Content-Length: 3\r\nContent-Length: 4",
                    "Content-Length: 3\r\nHost: other"
                })
        void is400(String framing) throws IOException {
            Customer customer = gateway.customer("100");

            assertThat(send("Host: x\r\n" + framing, customer, "0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        }

        @Test
        void is400WithoutAHost() throws IOException {
            Customer customer = gateway.customer("100");

            assertThat(send("Content-Length: 2", customer, "{}")).startsWith("HTTP/1.1 400 ");
        }
    }

    @Nested
    class ThatAreNotWholeInTime {
        @Test
        void are408AndHoldNothing() throws IOException {
            Customer customer = gateway.customer("100");

            String answer = send("Host: x\r\nContent-Length: 50", customer, "{\"model\":");

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("request_timeout");
            assertThat(gateway.settled(customer).heldMicros()).isZero();
        }
    }

    @Nested
    class ThatAreTooLarge {
        @Test
        void are413AlsoForWhoSendsAllOfItFirst() {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer =
                    client.post(CHAT, customer.key(), chat("gpt-sim", ",\"x\":\"" + "x".repeat(8_000_000) + "\""));

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("request_too_large");
        }
    }

    /** Answers what comes back until the server closes the connection. */
    private static String send(String headers, Customer customer, String body) throws IOException {
        URI url = URI.create(gateway.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String head = "POST " + CHAT + " HTTP/1.1\r\n" + headers + "\r\nAuthorization: Bearer " + customer.key()
                    + "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
