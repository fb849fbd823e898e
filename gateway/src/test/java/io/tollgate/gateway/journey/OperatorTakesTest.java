package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clawbacks, allowances and states by the admin API, and what nobody should send to it. */
class OperatorTakesTest {

    private final GatewayClient gateway = Installation.sharedClient();
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @Test
    void creditIsTakenBackOnceFromWhereverItCame() {
        Customer customer = operator.createAccount("taken");
        long grant = grant(customer);

        assertThat(take(customer, "k", grant, "\"3\"").statusCode()).isEqualTo(201);
        assertThat(take(customer, "k", grant, "\"3\"").statusCode()).isEqualTo(200);

        assertProblem(take(customer, "k", grant, "\"2\""), 409, "idempotency_key_reused");
        assertProblem(take(customer, "another", grant, "\"7.000001\""), 422, "beyond_grant");
        assertThat(posted(customer)).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"grant\":GRANT}",
                "{\"credits\":\"1\"}",
                "{\"grant\":GRANT,\"credits\":\"0\"}",
                "{\"grant\":GRANT,\"credits\":\"-1\"}",
                "{\"grant\":GRANT,\"credits\":\"0.0000001\"}",
                "{\"grant\":GRANT,\"credits\":\"9007199254.740992\"}",
                "{\"grant\":GRANT.5,\"credits\":\"1\"}",
                "{\"grant\":0,\"credits\":\"1\"}",
                "{\"grant\":-GRANT,\"credits\":\"1\"}",
                "{\"grant\":99999999999999999999,\"credits\":\"1\"}"
            })
    void aClawbackOfWhatCannotBeIs400(String body) {
        Customer customer = operator.createAccount("odd");
        String grant = Long.toString(grant(customer));

        assertProblem(post(customer.account(), "clawbacks", "k", body.replace("GRANT", grant)), 400, "invalid_request");
        assertThat(posted(customer)).isEqualTo("10");
    }

    @Test
    void aClawbackOfNoGrantOrNoAccountIs404() {
        Customer customer = operator.createAccount("none");

        assertProblem(take(customer, "k", 987_654_321, "\"1\""), 404, "no_such_grant");
        assertProblem(post("nobody", "clawbacks", "k", "{\"grant\":1,\"credits\":\"1\"}"), 404, "no_such_account");
    }

    @Test
    void anAllowanceReplacesTheOneBeforeAndNothingElse() {
        Customer customer = operator.createAccount("monthly");
        grant(customer);

        assertThat(post(customer.account(), "allowance", "january", "{\"credits\":\"5\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(posted(customer)).isEqualTo("15");
        String february = "{\"credits\":\"6\",\"rollover\":\"2\",\"expires_at\":\"2099-03-01T00:00:00Z\"}";
        assertThat(post(customer.account(), "allowance", "february", february).statusCode())
                .isEqualTo(201);
        assertThat(post(customer.account(), "allowance", "february", february).statusCode())
                .isEqualTo(200);

        assertProblem(
                post(customer.account(), "allowance", "february", "{\"credits\":\"6\"}"),
                409,
                "idempotency_key_reused");
        assertThat(posted(customer)).isEqualTo("18");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"credits\":\"0\"}",
                "{\"credits\":\"-1\"}",
                "{\"credits\":\"1\",\"rollover\":\"-1\"}",
                "{\"credits\":\"1\",\"rollover\":\"1e9\"}",
                "{\"credits\":\"1\",\"priority\":1.5}",
                "{\"credits\":\"1\",\"priority\":2147483648}",
                "{\"credits\":\"1\",\"expires_at\":\"tomorrow\"}",
                "{\"credits\":\"1\",\"expires_at\":\"2020-01-01T00:00:00Z\"}",
                "{\"credits\":\"1\",\"expires_at\":\"1970-01-01T00:00:00Z\"}",
                "{\"credits\":\"1\",\"expires_at\":\"+999999999-12-31T23:59:59Z\"}"
            })
    void anAllowanceOfWhatCannotBeIs400(String body) {
        Customer customer = operator.createAccount("odd");

        assertProblem(post(customer.account(), "allowance", "k", body), 400, "invalid_request");
        assertThat(posted(customer)).isEqualTo("0");
    }

    @Test
    void creditBeyondTheBoundIs422() {
        Customer customer = operator.customerWith(Credits.MAX);

        assertProblem(post(customer.account(), "allowance", "k", "{\"credits\":\"0.000001\"}"), 422, "beyond_bound");
    }

    @Test
    void aFrozenAccountIsThawedAndAClosedOneIsNot() {
        Customer customer = operator.customerWith(Credits.of(1));

        assertThat(post(customer.account(), "freeze", "1", "").statusCode()).isEqualTo(200);
        assertThat(state(customer)).isEqualTo("frozen");
        assertThat(post(customer.account(), "thaw", "2", "").statusCode()).isEqualTo(200);
        assertThat(post(customer.account(), "freeze", "1", "").statusCode()).isEqualTo(200);
        assertThat(state(customer)).isEqualTo("active");
        assertProblem(post(customer.account(), "close", "2", ""), 409, "idempotency_key_reused");
        assertThat(post(customer.account(), "close", "3", "").statusCode()).isEqualTo(200);

        assertThat(state(customer)).isEqualTo("closed");
        assertProblem(post("nobody", "freeze", "1", ""), 404, "no_such_account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clawbacks", "allowance", "freeze", "thaw", "close"})
    void nothingHappensWithoutAnIdempotencyKeyOrTheToken(String what) {
        Customer customer = operator.createAccount("keyless");
        String body = "{\"credits\":\"1\",\"grant\":1}";

        assertProblem(post(customer.account(), what, null, body), 400, "invalid_request");
        assertProblem(post(customer.account(), what, "k".repeat(201), body), 400, "invalid_request");
        assertProblem(
                gateway.postJson("/admin/api/accounts/" + customer.account() + "/" + what, body, customer.key()),
                401,
                "invalid_admin_token");
        assertThat(state(customer)).isEqualTo("active");
    }

    private long grant(Customer customer) {
        return Calls.json(post(customer.account(), "grants", "gift", "{\"credits\":\"10\"}"))
                .required("grant")
                .asLong();
    }

    private HttpResponse<String> take(Customer customer, String key, long grant, String credits) {
        return post(customer.account(), "clawbacks", key, "{\"grant\":" + grant + ",\"credits\":" + credits + "}");
    }

    private HttpResponse<String> post(String account, String what, @Nullable String key, String body) {
        HttpRequest.Builder request = gateway.request("/admin/api/accounts/" + account + "/" + what)
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return gateway.send(request);
    }

    private String posted(Customer customer) {
        return operator.balance(customer).required("posted").asString();
    }

    private String state(Customer customer) {
        JsonNode account =
                Calls.json(gateway.get("/admin/api/accounts/" + customer.account(), Installation.ADMIN_TOKEN));
        JsonNode live = account.path("redis");
        return (live.isObject() ? live : account.required("postgres"))
                .required("state")
                .asString();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Calls.json(response).required("code").asString()).isEqualTo(code);
    }
}
