package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.CHAT;
import static io.tollgate.gateway.proxy.Client.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeteredCallsTest {

    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        gateway = new Gateway();
        client = new Client(gateway.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Nested
    class APlainCall {
        @Test
        void isAnsweredAndCharged() {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(CHAT, customer.key(), chat("gpt-sim", ""));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"usage\"");
            Credits cost =
                    Credits.parse(answer.headers().firstValue("Tollgate-Cost").orElseThrow());
            assertThat(cost).isGreaterThan(Credits.ZERO);
            assertThat(gateway.settled(customer))
                    .isEqualTo(new Balance(Credits.of(100).minus(cost).micros(), 0));
        }
    }

    @Nested
    class AStream {
        @Test
        void isRelayedAndChargedWithItsUsageChunkHidden() {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(CHAT, customer.key(), chat("gpt-sim", ",\"stream\":true"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .startsWith("data: {")
                    .endsWith("data: [DONE]\n\n")
                    .doesNotContain("\"usage\":{");
            assertThat(gateway.settled(customer).postedMicros())
                    .isLessThan(Credits.of(100).micros());
        }

        @Test
        void showsTheUsageChunkWithTheCostToWhoAsked() {
            Customer customer = gateway.customer("100");

            HttpResponse<String> answer = client.post(
                    CHAT,
                    customer.key(),
                    chat("gpt-sim", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

            assertThat(answer.body()).containsPattern("\"usage\":\\{\"tollgate_cost\":[0-9.]+,\"prompt_tokens\"");
            Credits cost = Credits.parse(answer.body().replaceAll("(?s).*tollgate_cost\":([0-9.]+).*", "$1"));
            assertThat(gateway.settled(customer))
                    .isEqualTo(new Balance(Credits.of(100).minus(cost).micros(), 0));
        }
    }
}
