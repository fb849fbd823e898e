package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.stripe.CheckoutResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credit that is bought while nobody is there, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AutoTopUpJourneyTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String VISA = "4242424242424242";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Installation installation = Installation.start();
    private final int port = Installation.freePort();
    private final GatewayInJvm process = GatewayInJvm.start(installation
            .properties(port)
            .set("tollgate.billing.catalog.packs[0].id", "auto")
            .set("tollgate.billing.catalog.packs[0].name", "Auto")
            .set("tollgate.billing.catalog.packs[0].credits", "10")
            .set("tollgate.billing.catalog.packs[0].amount", "900")
            .set("tollgate.billing.catalog.packs[0].currency", "usd"));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    AutoTopUpJourneyTest() {
        installation.webhooksTo(port);
        installation.ai().behave(Behaviour.fast().withTokens(100, 100));
    }

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Test
    void aRefusedCallHasCreditBoughtFromTheSavedCardAndTheNextOneGoesThrough() {
        Customer customer = operator.createAccount("auto");
        saveCard(customer);
        HttpResponse<String> on =
                put(customer, "{\"enabled\":true,\"threshold\":\"0\",\"pack\":\"auto\",\"monthly_cap_minor\":5000}");
        assertThat(on.statusCode()).isEqualTo(200);

        HttpResponse<String> refused = Calls.call(gateway, customer);
        assertThat(refused.statusCode()).isEqualTo(402);

        await().atMost(SOON).until(() -> Calls.call(gateway, customer).statusCode() == 200);
        JsonNode standing = read(customer);
        assertThat(standing.required("spent_this_month_minor").asLong()).isEqualTo(900);
        assertThat(standing.required("card").required("last4").asString()).isEqualTo("4242");
        assertThat(standing.required("under_way").isNull()).isTrue();
    }

    @Test
    void switchingOnNeedsACardFirst() {
        Customer customer = operator.createAccount("no card");

        HttpResponse<String> answer =
                put(customer, "{\"enabled\":true,\"threshold\":\"5\",\"pack\":\"auto\",\"monthly_cap_minor\":5000}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("no_saved_card", "/api/auto-top-up/setup");
        assertThat(read(customer).required("enabled").asBoolean()).isFalse();
        assertThat(put(customer, "{\"enabled\":false}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|400|enabled",
                "{\"enabled\":true,\"pack\":\"auto\",\"monthly_cap_minor\":5000}|400|threshold",
                "{\"enabled\":true,\"threshold\":\"-1\",\"pack\":\"auto\",\"monthly_cap_minor\":5000}|400|threshold",
                "{\"enabled\":true,\"threshold\":\"5\",\"monthly_cap_minor\":5000}|400|pack",
                "{\"enabled\":true,\"threshold\":\"5\",\"pack\":\"auto\",\"amount_minor\":5,\"monthly_cap_minor\":5000}|400|pack",
                "{\"enabled\":true,\"threshold\":\"5\",\"amount_minor\":0.5,\"monthly_cap_minor\":5000}|400|amount_minor",
                "{\"enabled\":true,\"threshold\":\"5\",\"pack\":\"auto\"}|400|monthly_cap_minor",
                "{\"enabled\":true,\"threshold\":\"5\",\"pack\":\"auto\",\"monthly_cap_minor\":5000,\"payment_method\":\"x\"}|400|payment_method",
                "{\"enabled\":true,\"threshold\":\"5\",\"pack\":\"nope\",\"monthly_cap_minor\":5000}|422|unknown_pack",
                "{\"enabled\":true,\"threshold\":\"5\",\"pack\":\"auto\",\"currency\":\"xxx\",\"monthly_cap_minor\":5000}|422|unknown_currency",
                "{\"enabled\":true,\"threshold\":\"5\",\"pack\":\"auto\",\"monthly_cap_minor\":899}|422|cap_below_price",
                "[]|400|invalid_request"
            })
    void whatIsWrongIsSaid(String body, int status, String said) {
        HttpResponse<String> answer = put(operator.createAccount("wrong"), body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(said);
    }

    @Test
    void itNeedsAKey() {
        assertThat(gateway.get("/api/auto-top-up", null).statusCode()).isEqualTo(401);
        assertThat(gateway.postJson("/api/auto-top-up/setup", "", null).statusCode())
                .isEqualTo(401);
    }

    private void saveCard(Customer customer) {
        HttpResponse<String> setup = gateway.postJson("/api/auto-top-up/setup", "", customer.key());
        assertThat(setup.statusCode()).isEqualTo(200);
        String session = JSON.readTree(setup.body()).required("session_id").asString();
        assertThat(installation.stripe().pay(session, VISA)).isInstanceOf(CheckoutResult.Paid.class);
    }

    private HttpResponse<String> put(Customer customer, String body) {
        return gateway.send(gateway.request("/api/auto-top-up")
                .header("Authorization", "Bearer " + customer.key())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private JsonNode read(Customer customer) {
        HttpResponse<String> answer = gateway.get("/api/auto-top-up", customer.key());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
