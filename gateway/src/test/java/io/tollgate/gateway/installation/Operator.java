package io.tollgate.gateway.installation;

import io.tollgate.metering.credit.Credits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator of an installation, by its admin API. */
public final class Operator {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final GatewayClient gateway;
    private final String token;

    public Operator(GatewayClient gateway, String token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** An account with its first key. */
    public record Customer(String account, String key) {}

    public Customer createAccount(String name) {
        JsonNode created = json(gateway.postJson("/admin/api/accounts", text(Map.of("name", name)), token));
        return new Customer(
                created.required("id").asString(), created.required("key").asString());
    }

    /** A new account with this much credit. */
    public Customer customerWith(Credits credits) {
        Customer customer = createAccount("customer");
        give(customer, credits);
        return customer;
    }

    public void give(Customer customer, Credits credits) {
        json(gateway.send(gateway.request("/admin/api/accounts/" + customer.account() + "/grants")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text(Map.of("credits", credits.toDecimal()))))));
    }

    /** The account in both stores. */
    public JsonNode conservation(Customer customer) {
        return json(gateway.get("/admin/api/conservation?account=" + customer.account(), token));
    }

    public JsonNode charges(Customer customer) {
        return json(gateway.get("/admin/api/conservation/charges?account=" + customer.account(), token));
    }

    public JsonNode balance(Customer customer) {
        return json(gateway.get("/api/balance", customer.key()));
    }

    private static String text(Map<String, String> body) {
        return JSON.writeValueAsString(body);
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    response.request().uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
