package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.ANY;
import static io.tollgate.gateway.proxy.Client.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
class WaysACallCanEndTest {

    private static final String STREAM = ",\"stream\":true";
    private static final Credits CREDIT = Credits.of(100);

    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = new Gateway();
        client = new Client(gateway.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Nested
    class BeforeTheFirstByte {
        @ParameterizedTest
        @CsvSource({
            "refuse, 502",
            "reset-in-headers, 502",
            "stall, 504",
            "reset-in-body, 502",
            "status-400, 400",
            "status-429, 429",
            "status-500, 500",
            "status-503, 503"
        })
        void aFailureIsNotCharged(String fault, int status) {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(ANY, customer.key(), chat("fault:" + fault, ""));

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).startsWith("{\"error\":{\"message\":");
            assertThat(gateway.settled(customer)).isEqualTo(new Balance(CREDIT.micros(), 0));
        }

        @ParameterizedTest
        @ValueSource(strings = {"refuse", "stall"})
        void aStreamThatFailsIsNotCharged(String fault) {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(ANY, customer.key(), chat("fault:" + fault, STREAM));

            assertThat(answer.statusCode()).isBetween(502, 504);
            assertThat(gateway.settled(customer)).isEqualTo(new Balance(CREDIT.micros(), 0));
        }
    }

    @Nested
    class MidStream {
        @ParameterizedTest
        @ValueSource(strings = {"reset-in-body", "reset-in-event", "stall-in-body", "truncated"})
        void aCutStreamEndsWithAnErrorEventAndIsChargedForWhatWasDelivered(String fault) {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(ANY, customer.key(), chat("fault:" + fault, STREAM));

            assertThat(answer.body()).containsPattern("data: \\{\"error\":\\{[^\n]*upstream_(cut|timeout)[^\n]*\n\n$");
            assertThat(gateway.settled(customer).postedMicros()).isLessThan(CREDIT.micros());
        }

        @ParameterizedTest
        @ValueSource(strings = {"no-usage", "usage-twice", "huge-chunks", "byte-by-byte"})
        void aStreamThatIsOddButWholeIsCharged(String fault) {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(ANY, customer.key(), chat("fault:" + fault, STREAM));

            assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("\"usage\":{");
            assertThat(gateway.settled(customer).postedMicros()).isLessThan(CREDIT.micros());
        }

        @Test
        void aClientThatLeavesPaysForWhatItGotAndTheUpstreamIsCancelled() throws Exception {
            Customer customer = gateway.customer("100");
            URI url = URI.create(gateway.url());

            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                byte[] body = chat("gpt-sim-slow", STREAM).getBytes(StandardCharsets.UTF_8);
                String head = "POST " + ANY + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + customer.key()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(body);
                readUntilContent(socket.getInputStream());
            }

            Balance after = gateway.settled(customer);
            assertThat(after.postedMicros()).isLessThan(CREDIT.micros());
            gateway.deliveryOf(customer, delivery -> delivery.end().equals("cut"));
        }

        @Test
        void aClientThatReadsNothingIsGivenUp() throws Exception {
            Customer customer = gateway.customer("100");
            URI url = URI.create(gateway.url());

            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
                byte[] body = chat("fault:huge-chunks", STREAM).getBytes(StandardCharsets.UTF_8);
                String head = "POST " + ANY + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + customer.key()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(body);
                assertThat(socket.getInputStream().read()).isEqualTo('H');

                assertThat(gateway.settled(customer).postedMicros()).isLessThan(CREDIT.micros());
            }
        }

        private static void readUntilContent(InputStream in) throws Exception {
            byte[] buffer = new byte[4096];
            StringBuilder seen = new StringBuilder();
            while (!seen.toString().contains("\"content\":\"")) {
                int read = in.read(buffer);
                assertThat(read).as("stream went on").isPositive();
                seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        }
    }

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class Whole {
        @Test
        void clientsThatLeaveBeforeTheirAnswerAreNoErrorsOfOurs(CapturedOutput log) throws Exception {
            Customer customer = gateway.customer("100");
            URI url = URI.create(gateway.url());
            byte[] call = ("POST " + ANY + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + customer.key()
                            + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + chat("gpt-sim", "").length() + "\r\n\r\n" + chat("gpt-sim", ""))
                    .getBytes(StandardCharsets.UTF_8);

            for (int i = 0; i < 300; i++) {
                try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                    socket.setSoLinger(true, 0);
                    socket.getOutputStream().write(call);
                    LockSupport.parkNanos(i * 10_000L);
                }
            }

            gateway.settled(customer);
            assertThat(log).doesNotContain("unexpected failure");
        }

        @Test
        void anAnswerWithoutUsageIsChargedByItsSize() {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(ANY, customer.key(), chat("fault:no-usage", ""));

            assertThat(answer.statusCode()).isEqualTo(200);
            Credits cost =
                    Credits.parse(answer.headers().firstValue("Tollgate-Cost").orElseThrow());
            assertThat(cost.isZero()).isFalse();
            assertThat(gateway.settled(customer))
                    .isEqualTo(new Balance(CREDIT.minus(cost).micros(), 0));
        }

        @Test
        void anAnswerWithoutUsageIsNotChargedBeyondTheClientsCap() {
            Customer customer = gateway.customer("100");
            String body = chat("fault:no-usage", ",\"max_tokens\":5");

            HttpResponse<String> answer = client.post(ANY, customer.key(), body);

            assertThat(answer.statusCode()).isEqualTo(200);
            long input = Math.ceilDiv(body.length(), 4L);
            assertThat(answer.headers().firstValue("Tollgate-Cost"))
                    .hasValue(new Credits(input * 500 + 5 * 2000).toDecimal());
        }
    }
}
