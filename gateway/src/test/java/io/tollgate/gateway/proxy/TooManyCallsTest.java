package io.tollgate.gateway.proxy;

import static io.tollgate.gateway.proxy.Client.CHAT;
import static io.tollgate.gateway.proxy.Client.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.proxy.Gateway.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageDetail;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway that lets each account have one call under way. */
@Timeout(60)
class TooManyCallsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String CALL = chat("gpt-sim", ",\"max_tokens\":20");

    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = new Gateway("--tollgate.metering.holds.max-open-per-account=1");
        client = new Client(gateway.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aCallBeyondIsToldToComeBackAndIsLetInOnceAnotherHasEnded() {
        Customer customer = gateway.customer("1");
        Reservations reservations = gateway.bean(Reservations.class);
        HoldId other = HoldId.bornAt(System.currentTimeMillis());
        HoldRequest request = new HoldRequest(customer.account(), other, Credits.ofMicros(1), Duration.ofMinutes(1));
        assertThat(reservations.hold(request).block(PATIENCE)).isInstanceOf(HoldResult.Held.class);

        HttpResponse<String> refused = client.post(CHAT, customer.key(), CALL);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        JsonNode error = JsonMapper.shared().readTree(refused.body()).required("error");
        assertThat(error.required("code").asString()).isEqualTo("too_many_open_calls");

        UsageDetail detail = new UsageDetail(
                "key",
                "chat",
                "gpt-sim",
                UsageDetail.Outcome.CLIENT_GONE,
                TokenUsage.NONE,
                UsageDetail.CountedBy.GATEWAY);
        reservations.end(customer.account(), other, new Ending.Release(detail)).block(PATIENCE);
        assertThat(client.post(CHAT, customer.key(), CALL).statusCode()).isEqualTo(200);
    }
}
