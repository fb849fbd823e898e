package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.chat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.ai.Delivery;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A route that reads answers to their end whose clients have left; one at a time, for at most two seconds. */
@Timeout(60)
class DrainedAnswersTest {

    private static final Credits CREDIT = Credits.of(100);
    private static final String SLOW = "gpt-sim-slow";
    private static final String PATH = "/drained/chat/completions";

    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = new Gateway("--tollgate.drains.calls-most=1", "--tollgate.drains.longest=2s");
        gateway.ai.behave(SLOW, Behaviour.slow().withTokens(100, 200).withBetweenChunks(Duration.ofMillis(100)));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void areChargedAsTheUpstreamReportsThem() throws IOException {
        Customer customer = gateway.customer("100");

        leaveAfterTheFirstText(customer, SLOW, 3);

        Delivery delivery = gateway.deliveryOf(customer, Delivery::isFinished);
        long cost = delivery.promptTokens() * 500L + delivery.generatedTokens() * 2000L;
        assertThat(gateway.settled(customer)).isEqualTo(new Balance(CREDIT.micros() - cost, 0));
    }

    @Test
    void areCancelledWhenTheyTakeTooLong() throws IOException {
        Customer customer = gateway.customer("100");

        leaveAfterTheFirstText(customer, SLOW, 100);

        Delivery delivery = gateway.deliveryOf(customer, cut -> !cut.isFinished());
        assertThat(gateway.settled(customer).postedMicros())
                .isLessThan(CREDIT.micros())
                .isGreaterThan(CREDIT.micros() - delivery.generatedTokens() * 2000L);
    }

    @Test
    void areNoMoreThanTheBoundAllows() throws IOException {
        Customer first = gateway.customer("100");
        Customer second = gateway.customer("100");

        leaveAfterTheFirstText(first, SLOW, 100);
        leaveAfterTheFirstText(second, SLOW, 5);

        assertThat(gateway.deliveryOf(second, _ -> true).isFinished()).isFalse();
        gateway.deliveryOf(first, _ -> true);
        gateway.settled(first);
    }

    private static void leaveAfterTheFirstText(Customer customer, String model, int tokens) throws IOException {
        URI url = URI.create(gateway.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            byte[] body =
                    chat(model, ",\"stream\":true,\"max_tokens\":" + tokens).getBytes(UTF_8);
            String head = "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + customer.key()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(body);
            readUntilText(socket.getInputStream());
        }
    }

    private static void readUntilText(InputStream in) throws IOException {
        byte[] buffer = new byte[4096];
        StringBuilder seen = new StringBuilder();
        while (!seen.toString().contains("\"content\":\"")) {
            int read = in.read(buffer);
            assertThat(read).as("the stream goes on").isPositive();
            seen.append(new String(buffer, 0, read, UTF_8));
        }
    }
}
