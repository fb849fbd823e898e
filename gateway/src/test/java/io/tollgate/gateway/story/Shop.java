package io.tollgate.gateway.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.GatewayProperties;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.sandbox.ai.Behaviour;
import io.tollgate.sandbox.stripe.CheckoutResult;
import io.tollgate.sandbox.stripe.StripeSimulator;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One gateway that sells what a story says, at one credit a call, on the clock of its simulated Stripe. */
final class Shop implements AutoCloseable {

    static final String VISA = "4242424242424242";
    /** Can be saved, but every charge on it is declined. */
    static final String DECLINED = "4000000000000341";

    /** Stripe makes a renewal's invoice at the period's end and collects it about an hour later. */
    static final Duration UNTIL_COLLECTED = Duration.ofMinutes(70);

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CALL = """
            {"model": "gpt-sim", "messages": [{"role": "user", "content": "A harbour at dawn."}], "max_tokens": 100}""";

    private final Installation installation = Installation.start();
    private final GatewayInJvm process;
    private final GatewayClient gateway;
    private final Operator operator;

    private Shop(String settings) {
        int port = Installation.freePort();
        GatewayProperties properties = installation
                .properties(port)
                .set("tollgate.routes[0].models[0].price.input", "0")
                .set("tollgate.routes[0].models[0].price.output", "10000")
                .set("tollgate.billing.subscription.interval", "300ms")
                .set("tollgate.billing.webhook.first-retry", "200ms")
                .set("tollgate.billing.webhook.longest-retry", "2s")
                .set("tollgate.billing.webhook.attempts-max", "1000");
        flat(settings).forEach((name, value) -> properties.set("tollgate." + name, String.valueOf(value)));
        installation.ai().behave(Behaviour.fast().withTokens(100, 100));
        process = GatewayInJvm.start(properties);
        gateway = new GatewayClient(process.uri());
        operator = new Operator(gateway, Installation.ADMIN_TOKEN);
        installation.webhooksTo(port);
    }

    /** The settings are YAML, below {@code tollgate}. */
    static Shop open(String settings) {
        return new Shop(settings);
    }

    StripeSimulator stripe() {
        return installation.stripe();
    }

    GatewayClient gateway() {
        return gateway;
    }

    Customer newCustomer() {
        return operator.createAccount("customer");
    }

    /** A call for one credit. */
    HttpResponse<String> call(Customer customer) {
        return gateway.postJson("/v1/chat/completions", CALL, customer.key());
    }

    void calls(Customer customer, int number) {
        for (int i = 0; i < number; i++) {
            assertThat(call(customer).statusCode()).as("call %d", i + 1).isEqualTo(200);
        }
    }

    /** What a refused caller opens in a browser. */
    String topUpUrl(Customer customer) {
        HttpResponse<String> refused = call(customer);
        assertThat(refused.statusCode()).isEqualTo(402);
        return json(refused).required("error").required("top_up_url").asString();
    }

    HttpResponse<String> checkout(Customer customer, String wish) {
        return gateway.postJson("/api/checkout", wish, customer.key());
    }

    /** Begins a checkout and answers its session. */
    String beginCheckout(Customer customer, String wish) {
        return ok(checkout(customer, wish)).required("session_id").asString();
    }

    /** Checks out, pays, and answers the session. */
    String buy(Customer customer, String wish) {
        String session = beginCheckout(customer, wish);
        URI _ = pay(session);
        return session;
    }

    /** Answers the page of ours that Stripe sends the payer to. */
    URI pay(String session) {
        CheckoutResult result = stripe().pay(session, VISA);
        assertThat(result).isInstanceOf(CheckoutResult.Paid.class);
        return URI.create(((CheckoutResult.Paid) result).returnUrl());
    }

    /** The session as our API shows it to its buyer. */
    JsonNode purchase(Customer customer, String session) {
        return get(customer, "/api/checkout/" + session);
    }

    JsonNode get(Customer customer, String path) {
        return ok(gateway.get(path, customer.key()));
    }

    HttpResponse<String> post(Customer customer, String path, String body) {
        return gateway.postJson(path, body, customer.key());
    }

    JsonNode subscription(Customer customer) {
        return get(customer, "/api/subscription");
    }

    String status(Customer customer) {
        return subscription(customer).required("status").asString();
    }

    void awaitStatus(Customer customer, String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(status(customer)).isEqualTo(status));
    }

    String available(Customer customer) {
        return operator.balance(customer).required("available").asString();
    }

    /** Webhooks, and what they bring, take a moment. */
    void awaitAvailable(Customer customer, String credits) {
        await().atMost(SOON).untilAsserted(() -> assertThat(available(customer)).isEqualTo(credits));
    }

    /** Lets time pass until what is open now has been renewed, or could not be. */
    void toRenewal(Customer customer) {
        passUntil(resetsAt(customer).plus(UNTIL_COLLECTED));
    }

    Instant resetsAt(Customer customer) {
        return Instant.parse(subscription(customer).required("resets_at").asString());
    }

    void passUntil(Instant then) {
        pass(Duration.between(stripe().now(), then));
    }

    void pass(Duration time) {
        stripe().advanceClock(time);
    }

    /** Puts a customer into groups, in place of those before. */
    void putIntoGroups(Customer customer, String groups) {
        ok(gateway.send(gateway.request("/admin/api/accounts/" + customer.account() + "/groups")
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"groups\": " + groups + "}"))));
    }

    /** Webhooks that are stored and not done with, those that were given up among them. */
    long webhooksWaiting() {
        Long waiting = process.bean(DatabaseClient.class)
                .sql("SELECT count(*) FROM webhook_event WHERE state NOT IN ('DONE', 'IGNORED')")
                .mapValue(Long.class)
                .one()
                .block();
        return Objects.requireNonNull(waiting);
    }

    /** The subscription that was bought in the session, as Stripe calls it. */
    String subscriptionOf(String session) {
        return atStripe("checkout/sessions/" + session).required("subscription").asString();
    }

    /** What Stripe has charged for a subscription so far, invoice by invoice, the newest first. */
    long[] charged(String subscription) {
        return StreamSupport.stream(
                        atStripe("invoices?status=paid&limit=100&subscription=" + subscription)
                                .required("data")
                                .spliterator(),
                        false)
                .mapToLong(invoice -> invoice.required("amount_paid").asLong())
                .toArray();
    }

    /** An object or a list, as Stripe's own API shows it. */
    JsonNode atStripe(String path) {
        return ok(new GatewayClient(stripe().baseUri()).get("/v1/" + path, Installation.STRIPE_KEY));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return json(answer);
    }

    @Override
    public void close() {
        process.close();
        installation.close();
    }

    private static Properties flat(String yaml) {
        YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
        reader.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        return Objects.requireNonNull(reader.getObject());
    }
}
