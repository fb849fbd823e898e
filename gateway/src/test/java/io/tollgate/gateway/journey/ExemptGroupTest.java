package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.sandbox.ai.Behaviour;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Members of an exempt group: metered, never charged and never short of credit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExemptGroupTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Installation installation = Installation.start();
    private final GatewayInJvm process =
            GatewayInJvm.start(installation.properties(Installation.freePort()).set("tollgate.exempt.groups", "staff"));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    ExemptGroupTest() {
        installation.ai().behave(Behaviour.fast().withTokens(100, 100));
    }

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    @Test
    void callsWithoutCreditGoThroughAndAreMeteredWithWhatTheyWouldHaveCost() {
        Customer member = operator.createAccount("member");
        put(member, "[\"staff\"]");

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = Calls.call(gateway, member);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Tollgate-Cost")).hasValue("0");
        }

        await().atMost(SOON).until(() -> ledger(member).required("lines").size() == 3);
        for (JsonNode line : ledger(member).required("lines")) {
            assertThat(line.required("credits").asString()).isEqualTo("0");
            assertThat(line.required("usage").required("waived").asString()).isEqualTo("0.1");
        }
    }

    @Test
    void streamsGoThroughToo() {
        Customer member = operator.createAccount("member");
        put(member, "[\"staff\"]");

        HttpResponse<String> answer = gateway.postJson(Calls.PATH, Calls.tenCentsStreamed(), member.key());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("[DONE]");
    }

    @Test
    void whoLeavesTheGroupPaysWithinASecondOrTwo() {
        Customer member = operator.createAccount("member");
        put(member, "[\"other\",\"staff\"]");
        assertThat(Calls.call(gateway, member).statusCode()).isEqualTo(200);

        put(member, "[\"other\"]");

        await().atMost(SOON).until(() -> Calls.call(gateway, member).statusCode() == 402);
    }

    @Test
    void whoComesIntoTheGroupIsNoLongerRefused() {
        Customer member = operator.createAccount("member");
        assertThat(Calls.call(gateway, member).statusCode()).isEqualTo(402);

        put(member, "[\"staff\"]");

        await().atMost(SOON).until(() -> Calls.call(gateway, member).statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[null]", "[\"Staff\"]", "[\"\"]", "[\"a b\"]"})
    void namesThatCannotBeAreRefused(String groups) {
        Customer customer = operator.createAccount("customer");

        HttpResponse<String> answer = membership(customer.account(), groups);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("groups has to be a list of at most 16 names");
    }

    @Test
    void anUnknownAccountIsInNoGroup() {
        assertThat(membership("nobody", "[\"staff\"]").statusCode()).isEqualTo(404);
    }

    private void put(Customer customer, String groups) {
        assertThat(membership(customer.account(), groups).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> membership(String account, String groups) {
        return gateway.send(gateway.request("/admin/api/accounts/" + account + "/groups")
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"groups\":" + groups + "}")));
    }

    private JsonNode ledger(Customer customer) {
        return Calls.json(gateway.get("/api/ledger", customer.key()));
    }
}
