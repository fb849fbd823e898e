package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.stores.StoreSettings;
import io.tollgate.sandbox.stores.Stores;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BacklogTest {

    private static final int MOST = 20;
    private static final int CALLS_MAX = 2_000;
    private static final long MICROS_A_CALL = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void callsGoOnWithoutPostgresUntilTooManyEventsWaitAndAgainOnceItIsBack() {
        try (Stores stores = Stores.start(StoreSettings.embedded());
                Installation installation = Installation.on(
                        stores.postgres().database(), stores.redis().freshUri());
                GatewayInJvm gateway = GatewayInJvm.start(installation
                        .properties(Installation.freePort())
                        .set("tollgate.metering.flush.max-backlog", Integer.toString(MOST))
                        .set("tollgate.metering.flush.longest-pause", "500ms"))) {
            installation.ai().behave(Behaviour.fast().withTokens(100, 100));
            GatewayClient client = new GatewayClient(gateway.uri());
            Operator operator = new Operator(client, Installation.ADMIN_TOKEN);
            Customer customer = operator.customerWith(Credits.of(1_000));
            assertThat(Calls.call(client, customer).statusCode()).isEqualTo(200);
            awaitBooked(operator, customer, 1);

            stores.postgres().kill();
            int answered = 0;
            HttpResponse<String> last = Calls.call(client, customer);
            while (last.statusCode() == 200 && answered < CALLS_MAX) {
                answered++;
                last = Calls.call(client, customer);
            }

            assertThat(last.statusCode()).isEqualTo(503);
            assertThat(last.headers().firstValue("Retry-After")).isPresent();
            assertThat(Calls.json(last).required("error").required("code").asString())
                    .isEqualTo("store_unavailable");
            assertThat(answered).isGreaterThanOrEqualTo(MOST);

            stores.postgres().start();
            await().atMost(PATIENCE).until(() -> Calls.call(client, customer).statusCode() == 200);
            awaitBooked(operator, customer, 1 + answered + 1);
        }
    }

    private static void awaitBooked(Operator operator, Customer customer, long calls) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            JsonNode account =
                    operator.conservation(customer).required("accounts").get(0);
            assertThat(account.required("postgres").required("spent").asLong()).isEqualTo(calls * MICROS_A_CALL);
            assertThat(account.required("postgres").required("posted").asLong())
                    .isEqualTo(account.required("redis").required("posted").asLong());
        });
    }
}
