package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** Customers say where they want their mail; the operator sees what was not told and has it told again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesApiTest {

    private static final String ADMIN = Installation.ADMIN_TOKEN;
    private static final String CONTACT = "/api/contact";

    private final Installation installation = Installation.start();
    private final GatewayInJvm process = GatewayInJvm.start(installation.properties(Installation.freePort()));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, ADMIN);

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Test
    void anOwnerSaysWhereItsMailGoesAndWhatIsLow() {
        Operator.Customer customer = operator.createAccount("owner");
        assertThat(gateway.get(CONTACT, customer.key()).body()).isEqualTo("{\"email\":null,\"low_credit\":null}");

        HttpResponse<String> put =
                put(CONTACT, "{\"email\":\"jane@example.com\",\"low_credit\":\"2.50\"}", customer.key());

        assertThat(put.statusCode()).isEqualTo(200);
        JsonNode contact = Calls.json(gateway.get(CONTACT, customer.key()));
        assertThat(contact.required("email").asString()).isEqualTo("jane@example.com");
        assertThat(contact.required("low_credit").asString()).isEqualTo("2.5");
        assertThat(Calls.json(gateway.get("/admin/api/accounts/" + customer.account() + "/contact", ADMIN)))
                .isEqualTo(contact);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"email\":\"jane\"}",
                "{\"email\":\"\"}",
                "{\"email\":\"jane@example.com\\r\\nBcc: joe@example.com\"}",
                "{\"email\":\"jane@example.com,joe@example.com\"}",
                "{\"low_credit\":\"-1\"}",
                "{\"low_credit\":\"1e9\"}",
                "{\"low_credit\":\"0.0000001\"}",
                "{\"low_credit\":\"9999999999\"}",
                "{\"low_credit\":{}}"
            })
    void whatIsNoContactIsRefused(String body) {
        Operator.Customer customer = operator.createAccount("clumsy");

        assertThat(put(CONTACT, body, customer.key()).statusCode()).isEqualTo(400);
        assertThat(gateway.get(CONTACT, customer.key()).body()).isEqualTo("{\"email\":null,\"low_credit\":null}");
    }

    @Test
    void theOperatorSaysItForAnAccount() {
        Operator.Customer customer = operator.createAccount("quiet");
        String path = "/admin/api/accounts/" + customer.account() + "/contact";

        assertThat(put(path, "{\"email\":\"joe@example.com\"}", ADMIN).statusCode())
                .isEqualTo(200);

        assertThat(Calls.json(gateway.get(CONTACT, customer.key()))
                        .required("email")
                        .asString())
                .isEqualTo("joe@example.com");
        assertThat(text("SELECT detail::text FROM audit WHERE action = 'put_contact'"))
                .doesNotContain("joe");
        assertThat(put(path, "{\"email\":\"joe\"}", ADMIN).statusCode()).isEqualTo(400);
        assertThat(put("/admin/api/accounts/nobody/contact", "{}", ADMIN).statusCode())
                .isEqualTo(404);
        assertThat(put(path, "{}", customer.key()).statusCode()).isEqualTo(401);
        assertThat(put(CONTACT, "{}", "nobody").statusCode()).isEqualTo(401);
    }

    @Test
    void theOperatorSeesWhatWasNotToldAndHasItToldAgain() {
        Operator.Customer customer = operator.createAccount("untold");
        run("INSERT INTO notice (account, kind, key) VALUES ('" + customer.account() + "', 'REFUNDED', 're_1')");
        run(
                "INSERT INTO notice_delivery (notice, channel, account, kind, state, attempts, reason)"
                        + " SELECT number, 'webhook:shop', account, kind, 'BURIED', 18, 'HTTP 500' FROM notice WHERE key = 're_1'");

        JsonNode shown = Calls.json(gateway.get("/admin/api/notices?state=buried", ADMIN))
                .required("notices")
                .get(0);

        assertThat(shown.required("kind").asString()).isEqualTo("refunded");
        assertThat(shown.required("reason").asString()).isEqualTo("HTTP 500");
        String again = "/admin/api/notices/" + shown.required("notice").asLong() + "/webhook:shop/requeue";
        assertThat(gateway.postJson(again, "", ADMIN).statusCode()).isEqualTo(202);
        assertThat(gateway.postJson(again, "", ADMIN).statusCode()).isEqualTo(404);
        assertThat(gateway.postJson("/admin/api/notices/1/pigeon/requeue", "", ADMIN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.postJson("/admin/api/notices/one/mail/requeue", "", ADMIN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.get("/admin/api/notices?state=lost", ADMIN).statusCode())
                .isEqualTo(400);
        assertThat(gateway.get("/admin/api/notices", "somebody").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> put(String path, String json, String bearer) {
        return gateway.send(gateway.request(path)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    private void run(String sql) {
        process.bean(DatabaseClient.class).sql(sql).then().block();
    }

    private String text(String sql) {
        return String.valueOf(process.bean(DatabaseClient.class)
                .sql(sql)
                .mapValue(String.class)
                .one()
                .block());
    }
}
