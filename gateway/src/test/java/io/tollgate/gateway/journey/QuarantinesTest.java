package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.metering.credit.Credits;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** The operator looks at what could not be booked, and decides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuarantinesTest {

    private static final String PATH = "/admin/api/quarantine";
    private static final String DISCARD = "{\"decision\":\"discard\",\"reason\":\"noise\"}";

    private final Installation installation = Installation.start();
    private final GatewayInJvm process = GatewayInJvm.start(installation.properties(Installation.freePort()));
    private final GatewayClient gateway = new GatewayClient(process.uri());

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Test
    void anEntryIsShownAndDiscardedOnce() {
        entry(1, "");
        entry(2, "");

        JsonNode page = Calls.json(get("?limit=1"));
        HttpResponse<String> discarded = post("/1@1-1", DISCARD);

        assertThat(page.required("entries").get(0).required("place").asString()).isEqualTo("1@1-1");
        assertThat(page.required("entries").get(0).required("content").asString())
                .isEqualTo("e=x");
        assertThat(Calls.json(get("?limit=1&after=" + page.required("next").asString()))
                        .required("entries")
                        .get(0)
                        .required("place")
                        .asString())
                .isEqualTo("2@1-1");
        assertThat(discarded.statusCode()).isEqualTo(200);
        assertThat(Calls.json(discarded).required("entries").asLong()).isEqualTo(1);
        assertThat(post("/1@1-1", DISCARD).statusCode()).isEqualTo(404);
        assertThat(audited("quarantine:1@1-1")).isEqualTo(1);
        post("/2@1-1", DISCARD);
    }

    @Test
    void anAccountIsResolvedAsAWhole() {
        String account = new Operator(gateway, Installation.ADMIN_TOKEN)
                .customerWith(Credits.of(1))
                .account();
        entry(7, account);
        String path = "/admin/api/accounts/" + account + "/quarantine";

        HttpResponse<String> refused =
                gateway.postJson(path, "{\"decision\":\"book\",\"reason\":\"why not\"}", Installation.ADMIN_TOKEN);
        HttpResponse<String> discarded = gateway.postJson(path, DISCARD, Installation.ADMIN_TOKEN);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Calls.json(refused).required("code").asString()).isEqualTo("cannot_be_booked");
        assertThat(discarded.statusCode()).isEqualTo(200);
        assertThat(gateway.postJson(path, DISCARD, Installation.ADMIN_TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(audited("account:" + account)).isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x|{\"decision\":\"discard\",\"reason\":\"a\"}",
                "/1@1|{\"decision\":\"discard\",\"reason\":\"a\"}",
                "/-1@1-1|{\"decision\":\"discard\",\"reason\":\"a\"}",
                "/99999999999@1-1|{\"decision\":\"discard\",\"reason\":\"a\"}",
                "/1@1-1|{\"decision\":\"book\",\"reason\":\"a\"}",
                "/1@1-1|{\"decision\":\"burn\",\"reason\":\"a\"}",
                "/1@1-1|{\"decision\":\"discard\"}",
                "/1@1-1|{\"decision\":\"discard\",\"reason\":\"  \"}",
                "/1@1-1|{\"reason\":\"a\"}"
            })
    void badInputIsNamed(String path, String body) {
        HttpResponse<String> answer = post(path, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Calls.json(answer).required("code").asString()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=x", "?after=x", "?after=1@-1-1"})
    void badPagesAreNamed(String query) {
        assertThat(get(query).statusCode()).isEqualTo(400);
    }

    @Test
    void onlyTheOperatorMayLookAndDecide() {
        assertThat(gateway.get(PATH, null).statusCode()).isEqualTo(401);
        assertThat(gateway.postJson(PATH + "/1@1-1", DISCARD, "tg_wrong").statusCode())
                .isEqualTo(401);
    }

    private void entry(int partition, String account) {
        sql("INSERT INTO quarantine (partition, epoch, number, account, reason, fields) VALUES (" + partition
                + ", 1, 1, '" + account + "', 'no event', 'e=x')");
    }

    private long audited(String subject) {
        Long rows = process.bean(DatabaseClient.class)
                .sql("SELECT count(*) FROM audit WHERE action = 'resolve_quarantine' AND subject = '" + subject + "'")
                .mapValue(Long.class)
                .one()
                .block();
        return rows == null ? 0 : rows;
    }

    private void sql(String statement) {
        process.bean(DatabaseClient.class).sql(statement).then().block();
    }

    private HttpResponse<String> get(String query) {
        return gateway.get(PATH + query, Installation.ADMIN_TOKEN);
    }

    private HttpResponse<String> post(String path, String body) {
        return gateway.postJson(PATH + path, body, Installation.ADMIN_TOKEN);
    }
}
