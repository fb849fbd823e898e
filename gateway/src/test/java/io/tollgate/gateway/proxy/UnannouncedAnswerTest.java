package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.chat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers in chunks, without a length, of which the route reads 512 bytes whole. */
@Timeout(60)
class UnannouncedAnswerTest {

    private static final String NARROW = "/narrow/chat/completions";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":20}}";
    private static final Balance CHARGED = new Balance(Credits.of(1).micros() - 10 * 500 - 20 * 2000, 0);

    private static HttpServer upstream;
    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/chat/completions", UnannouncedAnswerTest::answer);
        upstream.start();
        gateway = new Gateway(
                "--UNANNOUNCED_URL=http://127.0.0.1:" + upstream.getAddress().getPort());
        client = new Client(gateway.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.stop(0);
    }

    /** The model's name says how long the text is to be. */
    private static void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int length = Integer.parseInt(request.replaceAll("(?s).*\"model\":\"([0-9]+)\".*", "$1"));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (var body = exchange.getResponseBody()) {
            body.write(answerOf(length).getBytes(UTF_8));
        }
    }

    private static String answerOf(int length) {
        return "{\"text\":\"" + "x".repeat(length) + "\"," + USAGE;
    }

    @Nested
    class WithinTheBound {
        @Test
        void isSentWholeWithItsCost() {
            Customer customer = gateway.customer("1");

            HttpResponse<String> answer = client.post(NARROW, customer.key(), chat("10", ",\"max_tokens\":20"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(answerOf(10));
            assertThat(answer.headers().firstValue("Tollgate-Cost")).hasValue("0.045");
            assertThat(gateway.settled(customer)).isEqualTo(CHARGED);
        }
    }

    @Nested
    class BeyondTheBound {
        @Test
        void isPassedOnAndChargedByItsUsage() {
            Customer customer = gateway.customer("1");

            HttpResponse<String> answer = client.post(NARROW, customer.key(), chat("300000", ",\"max_tokens\":20"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(answerOf(300_000));
            assertThat(answer.headers().firstValue("Tollgate-Cost")).isEmpty();
            assertThat(gateway.settled(customer)).isEqualTo(CHARGED);
        }
    }
}
