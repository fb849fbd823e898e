package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.reconciliation.FullReconciliation;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** The operator compares the stores. The gateway's own loops sleep, so that a run waits for the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconciliationsTest {

    private static final String PATH = "/admin/api/reconciliations";

    private final Installation installation = Installation.start();
    private final GatewayInJvm process = GatewayInJvm.start(installation
            .properties(Installation.freePort())
            .set("tollgate.metering.reconciliation.run-interval", "1h")
            .set("tollgate.metering.reconciliation.interval", "1h")
            .set("tollgate.metering.reconciliation.nightly-at", "off"));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Test
    void aRunNamesTheAccountThatDrifted() {
        Customer sound = operator.customerWith(Credits.of(1));
        Customer drifted = operator.customerWith(Credits.of(2));
        awaitBooked(drifted);
        change("UPDATE account_balance SET posted_micros = 2000005 WHERE account = '" + drifted.account() + "'");

        HttpResponse<String> started = post();
        HttpResponse<String> refused = post();
        long id = Calls.json(started).required("id").asLong();
        JsonNode waiting = get("/" + id).required("reconciliation");
        process.bean(FullReconciliation.class).turn().block();
        JsonNode through = get("/" + id);

        assertThat(started.statusCode()).isEqualTo(202);
        assertThat(started.headers().firstValue("Location")).hasValue(PATH + "/" + id);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Calls.json(refused).required("code").asString()).isEqualTo("reconciliation_running");
        assertThat(Calls.json(refused).required("id").asLong()).isEqualTo(id);
        assertThat(waiting.required("state").asString()).isEqualTo("running");
        assertThat(waiting.required("accounts").required("total").asLong()).isEqualTo(2);
        assertThat(through.required("reconciliation").required("state").asString())
                .isEqualTo("finished");
        assertThat(through.required("reconciliation").required("accounts").toString())
                .isEqualTo("{\"total\":2,\"checked\":2,\"moving\":0,\"drifted\":1}");
        assertThat(through.required("drifts"))
                .hasSizeGreaterThan(1)
                .allSatisfy(drift ->
                        assertThat(drift.required("account").asString()).isEqualTo(drifted.account()))
                .anySatisfy(drift -> {
                    assertThat(drift.required("kind").asString()).isEqualTo("posted");
                    assertThat(drift.required("found").asString()).isEqualTo("2000000");
                    assertThat(drift.required("expected").asString()).isEqualTo("2000005");
                })
                .noneSatisfy(drift ->
                        assertThat(drift.required("account").asString()).isEqualTo(sound.account()));
        assertThat(get("?limit=1")
                        .required("reconciliations")
                        .get(0)
                        .required("id")
                        .asLong())
                .isEqualTo(id);
        assertThat(pagesOf(id)).isEqualTo(through.required("drifts").size());
        assertThat(Calls.json(gateway.get("/admin/api/drift", Installation.ADMIN_TOKEN))
                        .required("drifts"))
                .hasSize(through.required("drifts").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x",
                "/-1",
                "/99999999999999999999",
                "/1?limit=0",
                "/1?limit=1000000000",
                "/1?after=x",
                "?before=-1"
            })
    void badInputIsNamed(String request) {
        HttpResponse<String> answer = gateway.get(PATH + request, Installation.ADMIN_TOKEN);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Calls.json(answer).required("code").asString()).isEqualTo("invalid_request");
    }

    @Test
    void anUnknownRunIs404() {
        assertThat(gateway.get(PATH + "/999999", Installation.ADMIN_TOKEN).statusCode())
                .isEqualTo(404);
    }

    @Test
    void onlyTheOperatorMayLookAndStart() {
        assertThat(gateway.get(PATH, null).statusCode()).isEqualTo(401);
        assertThat(gateway.postJson(PATH, "", "tg_wrong").statusCode()).isEqualTo(401);
    }

    /** How many drifts its pages of one have together. */
    private int pagesOf(long id) {
        int pages = 0;
        JsonNode page = get("/" + id + "?limit=1");
        while (!page.required("next").isNull()) {
            pages++;
            page = get("/" + id + "?limit=1&after=" + page.required("next").asLong());
        }
        return pages;
    }

    private void awaitBooked(Customer customer) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(operator.conservation(customer)
                                .required("accounts")
                                .get(0)
                                .required("postgres")
                                .required("posted")
                                .asLong())
                        .isEqualTo(2_000_000));
    }

    private HttpResponse<String> post() {
        return gateway.postJson(PATH, "", Installation.ADMIN_TOKEN);
    }

    private JsonNode get(String path) {
        return Calls.json(gateway.get(PATH + path, Installation.ADMIN_TOKEN));
    }

    private void change(String sql) {
        process.bean(DatabaseClient.class).sql(sql).fetch().rowsUpdated().block();
    }
}
