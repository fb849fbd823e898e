package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** The operator compares the book with Stripe, and decides about what nothing can be replayed for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StripeReconciliationsTest {

    private static final String PATH = "/admin/api/stripe-reconciliations";

    private final Installation installation = Installation.start();
    private final GatewayInJvm process = GatewayInJvm.start(installation
            .properties(Installation.freePort())
            .set("tollgate.billing.stripe-reconciliation.interval", "50ms"));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Test
    void aGrantThatNobodyPaidForIsShownAndDismissedWithAReason() {
        Customer customer = operator.customerWith(Credits.of(1));
        change("INSERT INTO grant_record (account, amount_micros, cause, cause_id, priority) VALUES ('"
                + customer.account() + "', 5000000, 'TOP_UP', 'cs_test_forged', 100)");

        HttpResponse<String> started = post("", "{\"from\":\"" + Instant.now().minus(Duration.ofDays(2)) + "\"}");
        long id = Calls.json(started).required("id").asLong();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/" + id)
                        .required("reconciliation")
                        .required("state")
                        .asString()
                        .equals("finished"));
        JsonNode found = get("/" + id).required("findings").get(0);
        String finding = "/findings/" + found.required("number").asLong();

        assertThat(started.statusCode()).isEqualTo(202);
        assertThat(started.headers().firstValue("Location")).hasValue(PATH + "/" + id);
        assertThat(found.required("kind").asString()).isEqualTo("grant_without_payment");
        assertThat(found.required("account").asString()).isEqualTo(customer.account());
        assertThat(found.required("state").asString()).isEqualTo("open");
        assertThat(get("/findings").required("findings").size()).isEqualTo(1);
        assertThat(code(post(finding + "/repair", "{\"reason\":\"is it paid?\"}")))
                .isEqualTo("no_remedy");
        assertThat(code(post(finding + "/dismiss", "{}"))).isEqualTo("invalid_request");
        HttpResponse<String> dismissed = post(finding + "/dismiss", "{\"reason\":\"paid by cheque\"}");
        assertThat(Calls.json(dismissed).required("state").asString()).isEqualTo("dismissed");
        assertThat(code(post(finding + "/dismiss", "{\"reason\":\"again\"}"))).isEqualTo("finding_not_open");
        assertThat(get("/findings").required("findings").size()).isZero();
        assertThat(get("?limit=1").required("reconciliations").size()).isEqualTo(1);
        assertThat(process.bean(DatabaseClient.class)
                        .sql("SELECT detail ->> 'reason' FROM audit WHERE action = 'dismiss_stripe_finding'")
                        .mapValue(String.class)
                        .one()
                        .block())
                .isEqualTo("paid by cheque");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"from\":\"yesterday\"}",
                "{\"from\":\"2000-01-01T00:00:00Z\"}",
                "{\"until\":\"2999-01-01T00:00:00Z\"}",
                "{\"from\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}"
            })
    void aPeriodThatCannotBeIsNamed(String body) {
        HttpResponse<String> answer = post("", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("invalid_request");
    }

    @Test
    void whatThereIsNotIs404() {
        assertThat(gateway.get(PATH + "/999999", Installation.ADMIN_TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(code(post("/findings/999999/repair", "{\"reason\":\"why not\"}")))
                .isEqualTo("no_such_finding");
        assertThat(code(post("/findings/999999/dismiss", "{\"reason\":\"why not\"}")))
                .isEqualTo("no_such_finding");
        assertThat(code(post("/findings/x/dismiss", "{\"reason\":\"why not\"}")))
                .isEqualTo("invalid_request");
    }

    @Test
    void isForTheOperatorOnly() {
        assertThat(gateway.get(PATH, "somebody").statusCode()).isEqualTo(401);
        assertThat(gateway.postJson(PATH, "", "somebody").statusCode()).isEqualTo(401);
        assertThat(gateway.postJson(PATH + "/findings/1/repair", "", "somebody").statusCode())
                .isEqualTo(401);
    }

    private static String code(HttpResponse<String> answer) {
        return Calls.json(answer).required("code").asString();
    }

    private HttpResponse<String> post(String path, String body) {
        return gateway.postJson(PATH + path, body, Installation.ADMIN_TOKEN);
    }

    private JsonNode get(String path) {
        return Calls.json(gateway.get(PATH + path, Installation.ADMIN_TOKEN));
    }

    private void change(String sql) {
        process.bean(DatabaseClient.class).sql(sql).fetch().rowsUpdated().block();
    }
}
