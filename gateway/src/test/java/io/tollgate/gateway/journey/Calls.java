package io.tollgate.gateway.journey;

import static io.tollgate.gateway.installation.Installation.TEN_CENTS;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.Operator.Customer;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the tests, each with a known price. */
final class Calls {

    static final String PATH = "/v1/chat/completions";

    private static final JsonMapper JSON = JsonMapper.shared();

    private Calls() {}

    /** Holds 0.10 credits. */
    static String tenCents() {
        return body(TEN_CENTS, 100, "");
    }

    static String tenCentsStreamed() {
        return body(TEN_CENTS, 100, ",\"stream\":true");
    }

    static String body(String model, int maxTokens, String more) {
        return "{\"model\":\"" + model
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me about harbours.\"}]," + "\"max_tokens\":"
                + maxTokens + more + "}";
    }

    static HttpResponse<String> call(GatewayClient gateway, Customer customer) {
        return gateway.postJson(PATH, tenCents(), customer.key());
    }

    static CompletableFuture<HttpResponse<String>> callLater(GatewayClient gateway, Customer customer) {
        return gateway.postJsonLater(PATH, tenCents(), customer.key());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    static String topUpUrl(HttpResponse<String> refused) {
        return json(refused).required("error").required("top_up_url").asString();
    }
}
