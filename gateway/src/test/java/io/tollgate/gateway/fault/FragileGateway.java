package io.tollgate.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.GatewayProperties;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.FaultProxy;
import io.tollgate.sandbox.stores.StoreSettings;
import io.tollgate.sandbox.stores.Stores;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One gateway whose stores can be taken away, with a route that refuses calls then and one that allows them. */
final class FragileGateway implements AutoCloseable {

    static final String REFUSING = "/v1/chat/completions";
    static final String TRUSTING = "/trusting/chat/completions";
    static final int MAX_UNHELD = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(20);

    final Stores stores = Stores.start(StoreSettings.embedded());
    final FaultProxy redisWire =
            FaultProxy.to(stores.redis().host(), stores.redis().port());
    final FaultProxy postgresWire =
            FaultProxy.to(stores.postgres().host(), stores.postgres().port());
    private final Installation installation = Installation.on(
            overWire(stores.postgres().database()), "redis://" + redisWire.host() + ":" + redisWire.port());
    private final GatewayInJvm gateway = GatewayInJvm.start(withTrustingRoute(installation.properties(0)));
    final GatewayClient client = new GatewayClient(gateway.uri());
    private final Operator operator = new Operator(client, Installation.ADMIN_TOKEN);

    private Database overWire(Database direct) {
        return new Database(postgresWire.host(), postgresWire.port(), direct.name(), direct.owner(), direct.app());
    }

    private static GatewayProperties withTrustingRoute(GatewayProperties properties) {
        String route = "tollgate.routes[1].";
        return properties
                .set("tollgate.holds.max-unheld", Integer.toString(MAX_UNHELD))
                .set(route + "name", "trusting")
                .set(route + "path", TRUSTING)
                .set(route + "upstream", "openai")
                .set(route + "when-redis-is-down", "allow")
                .set(route + "models[0].name", "*")
                .set(route + "models[0].price.input", "500")
                .set(route + "models[0].price.output", "2000");
    }

    /** A customer whose key and account the gateway has used, once its partition has recovered from what an earlier test did. */
    Customer customer() {
        Customer customer = operator.customerWith(Credits.of(100));
        await("the first answer")
                .atMost(Duration.ofSeconds(20))
                .until(() -> call(REFUSING, customer).statusCode() == 200);
        return customer;
    }

    HttpResponse<String> call(String path, Customer customer) {
        return call(path, customer, "gpt-sim", "");
    }

    /** {@code more} are further members of the request, each beginning with a comma. */
    HttpResponse<String> call(String path, Customer customer, String model, String more) {
        String body =
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]" + more + "}";
        return client.postJson(path, body, customer.key());
    }

    /** Waits until exactly these answers are charged, each once, nothing is held, and both stores are at one. */
    void awaitCharged(Customer customer, List<HttpResponse<String>> answers) {
        List<String> ids = answers.stream()
                .map(answer ->
                        answer.headers().firstValue("Tollgate-Request-Id").orElseThrow())
                .toList();
        await("every answer charged once")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(charged(customer)).containsAll(ids);
                    assertAtRest(customer);
                });
        assertThat(charged(customer)).doesNotHaveDuplicates();
        await("the places back").atMost(PATIENCE).pollInterval(POLL).until(() -> unheld() == 0);
    }

    private List<String> charged(Customer customer) {
        return operator.charges(customer)
                .required("charges")
                .valueStream()
                .filter(charge -> charge.required("charged").asLong() > 0)
                .map(charge -> charge.required("request_id").asString())
                .toList();
    }

    private void assertAtRest(Customer customer) {
        JsonNode account = operator.conservation(customer).required("accounts").get(0);
        JsonNode booked = account.required("postgres");
        JsonNode live = account.required("redis");
        assertThat(live.required("held").asLong()).as("held").isZero();
        assertThat(live.required("posted").asLong())
                .as("posted")
                .isEqualTo(booked.required("posted").asLong());
        assertThat(booked.required("granted").asLong())
                .isEqualTo(booked.required("posted").asLong()
                        + booked.required("spent").asLong());
    }

    /** What the account has spent, as the book knows it, in micro-credits. */
    long spent(Customer customer) {
        return operator.conservation(customer)
                .required("accounts")
                .get(0)
                .required("postgres")
                .required("spent")
                .asLong();
    }

    int charges(Customer customer) {
        return charged(customer).size();
    }

    int unheld() {
        return (int) gauge("tollgate.holds.unheld");
    }

    int pendingEnds() {
        return (int) gauge("tollgate.holds.ends.pending");
    }

    private double gauge(String name) {
        return gateway.bean(MeterRegistry.class).get(name).gauge().value();
    }

    /** Everything works again. */
    void mend() {
        stores.redis().start();
        stores.postgres().start();
        for (FaultProxy wire : List.of(redisWire, postgresWire)) {
            wire.accept();
            wire.flow();
        }
    }

    @Override
    public void close() {
        gateway.close();
        installation.close();
        redisWire.close();
        postgresWire.close();
        stores.close();
    }
}
