package io.tollgate.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.sandbox.stripe.CheckoutResult;
import io.tollgate.sandbox.stripe.DisputeEnd;
import io.tollgate.sandbox.stripe.DisputeStart;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Money back and disputes over HTTP: the operator's part, the customer's, and the bank's. */
class RefundsTest {

    private final Installation installation = Installation.shared();
    private final GatewayClient gateway = Installation.sharedClient();
    private final Operator operator = new Operator(gateway, Installation.ADMIN_TOKEN);

    @Test
    void theOperatorRefundsAPartAndTheRestOnce() {
        Customer customer = bought("refunded");
        String payment = payment(customer);

        HttpResponse<String> part = refund(payment, "k1", "{\"amount_minor\":1,\"reason\":\"sorry\"}");
        assertThat(part.statusCode()).as(part.body()).isEqualTo(200);
        assertThat(Calls.json(part).required("status").asString()).isEqualTo("refunded");
        assertThat(refund(payment, "k1", "{\"amount_minor\":1}").statusCode()).isEqualTo(200);
        assertProblem(refund(payment, "k1", "{\"amount_minor\":2}"), 409, "idempotency_key_reused");
        assertThat(refund(payment, "k2", "").statusCode()).isEqualTo(200);
        assertProblem(refund(payment, "k3", ""), 422, "beyond_paid");

        assertThat(posted(customer)).isEqualTo("0");
        JsonNode shown = Calls.json(gateway.get("/admin/api/payments/" + payment, Installation.ADMIN_TOKEN));
        assertThat(shown.required("refunds").size()).isEqualTo(2);
        assertThat(Calls.json(gateway.get("/admin/api/refunds?limit=5", Installation.ADMIN_TOKEN))
                        .required("refunds")
                        .get(0)
                        .required("status")
                        .asString())
                .isEqualTo("succeeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount_minor\":0}",
                "{\"amount_minor\":-1}",
                "{\"amount_minor\":1.5}",
                "{\"amount_minor\":\"x\"}",
                "{\"amount_minor\":99999999999999999999}",
                "{"
            })
    void aRefundOfWhatCannotBeIs400(String body) {
        String payment = payment(bought("odd"));

        assertProblem(refund(payment, "k", body), 400, "invalid_request");
    }

    @Test
    void aRefundNeedsAPaymentAKeyAndTheToken() {
        Customer customer = bought("keyless");
        String payment = payment(customer);

        assertProblem(refund(payment, null, ""), 400, "invalid_request");
        assertProblem(refund("ord_unheard_of", "k", ""), 404, "no_such_payment");
        assertProblem(
                gateway.postJson("/admin/api/payments/" + payment + "/refunds", "{}", customer.key()),
                401,
                "invalid_admin_token");
    }

    @Test
    void aCustomerTakesTheMoneyBackButNotThatOfOthers() {
        Customer customer = bought("sorry");
        Customer other = operator.createAccount("other");
        String path = "/api/payments/" + payment(customer) + "/refund";

        assertProblem(gateway.postJson(path, "", other.key()), 404, "no_such_payment");
        HttpResponse<String> taken = gateway.postJson(path, "", customer.key());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(gateway.postJson(path, "", customer.key()).body()).isEqualTo(taken.body());

        assertThat(posted(customer)).isEqualTo("0");
    }

    @Test
    void aDisputeFreezesUntilItIsWon() {
        Customer customer = bought("disputed");
        String intent = intent(customer);
        String dispute = installation.stripe().bank().dispute(intent, 100, "fraudulent", DisputeStart.NEEDS_RESPONSE);
        await().until(() -> state(customer).equals("frozen"));
        assertThat(Calls.call(gateway, customer).body()).contains("account_frozen");
        JsonNode shown = Calls.json(gateway.get("/admin/api/disputes?limit=50", Installation.ADMIN_TOKEN));
        assertThat(StreamSupport.stream(shown.required("disputes").spliterator(), false))
                .anyMatch(line -> line.required("dispute").asString().equals(dispute)
                        && line.required("status").asString().equals("open"));

        installation.stripe().bank().closeDispute(dispute, DisputeEnd.WON);

        await().until(() -> state(customer).equals("active"));
        assertThat(posted(customer)).isEqualTo("10");
    }

    private Customer bought(String name) {
        Customer customer = operator.createAccount(name);
        JsonNode checkout = Calls.json(gateway.postJson("/api/checkout", "{\"pack\":\"small\"}", customer.key()));
        assertThat(installation.stripe().pay(checkout.required("session_id").asString(), "4242424242424242"))
                .isInstanceOf(CheckoutResult.Paid.class);
        await().until(() -> posted(customer).equals("10"));
        return customer;
    }

    private JsonNode shown(Customer customer) {
        return Calls.json(gateway.get(
                        "/admin/api/accounts/" + customer.account() + "/payments", Installation.ADMIN_TOKEN))
                .required("payments")
                .get(0);
    }

    private String payment(Customer customer) {
        return shown(customer).required("payment").asString();
    }

    private String intent(Customer customer) {
        return shown(customer).required("payment_intent").asString();
    }

    private HttpResponse<String> refund(String payment, @Nullable String key, String body) {
        HttpRequest.Builder request = gateway.request("/admin/api/payments/" + payment + "/refunds")
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

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Calls.json(answer).required("code").asString()).isEqualTo(code);
    }
}
