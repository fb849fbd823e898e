package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A program changes the plan of its account, over HTTP only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanChangeJourneyTest {

    private static final String VISA = "4242424242424242";

    private final Installation installation = Installation.start();
    private final int port = Installation.freePort();
    private final GatewayInJvm process = GatewayInJvm.start(installation.properties(port));
    private final GatewayClient gateway = new GatewayClient(process.uri());
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    PlanChangeJourneyTest() {
        installation.webhooksTo(port);
        put("small", """
                {"name": "Small", "id": "small", "allowance": "100",
                 "prices": [{"interval": "month", "amount": 1000, "currency": "usd"},
                            {"interval": "year", "amount": 10000, "currency": "usd"}]}""");
        put("big", """
                {"name": "Big", "id": "big", "allowance": "500",
                 "prices": [{"interval": "month", "amount": 5000, "currency": "usd"}]}""");
    }

    @AfterAll
    void close() {
        process.close();
        installation.close();
    }

    private void put(String plan, String line) {
        HttpResponse<String> answer = gateway.send(gateway.request("/admin/api/catalog/plans/" + plan)
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "plan-" + plan)
                .PUT(BodyPublishers.ofString(line)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    private Customer withSmallPlan() {
        Customer customer = operator.createAccount("program");
        String session = Calls.json(post("/api/checkout", "{\"plan\": \"small\", \"interval\": \"month\"}", customer))
                .required("session_id")
                .asString();
        installation.stripe().pay(session, VISA);
        await().until(() -> standing(customer).at("/remaining").asString().equals("100"));
        return customer;
    }

    private HttpResponse<String> post(String path, String body, Customer customer) {
        return gateway.postJson(path, body, customer.key());
    }

    private JsonNode standing(Customer customer) {
        return Calls.json(gateway.get("/api/subscription", customer.key()));
    }

    private void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Calls.json(answer).required("code").asString()).isEqualTo(code);
    }

    @Test
    void previewsAndMakesJustThatChange() {
        Customer customer = withSmallPlan();

        JsonNode preview = Calls.json(post("/api/subscription/preview", "{\"plan\": \"big\"}", customer));
        HttpResponse<String> changed = post(
                "/api/subscription/change",
                "{\"plan\": \"big\", \"preview\": \""
                        + preview.required("preview").asString() + "\"}",
                customer);

        assertThat(preview.required("kind").asString()).isEqualTo("upgrade");
        assertThat(preview.required("charge_minor").asLong()).isBetween(3990L, 4000L);
        assertThat(preview.required("renewal_minor").asLong()).isEqualTo(5000);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(Calls.json(changed).required("outcome").asString()).isEqualTo("made");
        assertThat(standing(customer).at("/plan/id").asString()).isEqualTo("big");
        assertThat(standing(customer).at("/remaining").asString())
                .isEqualTo(standing(customer).at("/allowance").asString());
        assertThat(standing(customer).at("/allowance").asDouble()).isBetween(499.0, 500.0);
    }

    @Test
    void answersWhatWouldBeRight() {
        Customer customer = withSmallPlan();
        Customer nobody = operator.createAccount("nobody");

        assertProblem(post("/api/subscription/change", "{\"plan\": \"small\"}", customer), 409, "same_plan");
        assertProblem(post("/api/subscription/change", "{\"plan\": \"gold\"}", customer), 422, "unknown_plan");
        assertProblem(post("/api/subscription/change", "{}", customer), 422, "no_choice");
        assertProblem(
                post("/api/subscription/change", "{\"plan\": \"big\", \"interval\": \"week\"}", customer),
                422,
                "invalid_interval");
        assertProblem(
                post("/api/subscription/change", "{\"plan\": \"big\", \"interval\": \"year\"}", customer),
                422,
                "unknown_interval");
        assertProblem(
                post("/api/subscription/change", "{\"plan\": \"big\", \"preview\": \"x\"}", customer),
                422,
                "invalid_preview");
        assertProblem(
                post("/api/subscription/change", "{\"plan\": \"big\", \"preview\": \"1-1-1\"}", customer),
                409,
                "preview_stale");
        assertProblem(post("/api/subscription/change", "{\"plan\": \"big\"}", nobody), 409, "no_plan");
        assertProblem(post("/api/subscription/cancel", "{\"when\": \"later\"}", customer), 422, "invalid_when");
        assertProblem(post("/api/subscription/cancel", "{}", nobody), 409, "no_plan");
        assertProblem(post("/api/subscription/reactivate", "{}", customer), 409, "not_ending");
        assertProblem(post("/api/subscription/resume", "{}", customer), 409, "not_paused");
        assertProblem(
                post("/api/subscription/pause", "{\"resumes_at\": \"soon\"}", customer), 422, "invalid_resumes_at");
        assertProblem(post("/api/portal", "{}", nobody), 409, "no_customer");
        assertThat(gateway.postJson("/api/subscription/change", "{}", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void endsKeepsPausesAndOpensThePortal() {
        Customer customer = withSmallPlan();

        assertThat(Calls.json(post("/api/subscription/cancel", "{\"when\": \"period_end\"}", customer))
                        .at("/cancel_at")
                        .asString())
                .isEqualTo(standing(customer).at("/resets_at").asString());
        assertProblem(post("/api/subscription/cancel", "{}", customer), 409, "plan_ends");
        assertThat(Calls.json(post("/api/subscription/reactivate", "{}", customer))
                        .at("/cancel_at")
                        .isNull())
                .isTrue();
        assertThat(Calls.json(post("/api/subscription/pause", "{}", customer))
                        .at("/status")
                        .asString())
                .isEqualTo("paused");
        assertProblem(post("/api/subscription/pause", "{}", customer), 409, "paused");
        assertThat(Calls.json(post("/api/subscription/resume", "{}", customer))
                        .at("/status")
                        .asString())
                .isEqualTo("active");
        assertThat(Calls.json(post("/api/portal", "{}", customer)).at("/url").asString())
                .startsWith("http");
        assertThat(Calls.json(post("/api/subscription/cancel", "{\"when\": \"now\"}", customer))
                        .at("/status")
                        .asString())
                .isEqualTo("ended");
    }
}
