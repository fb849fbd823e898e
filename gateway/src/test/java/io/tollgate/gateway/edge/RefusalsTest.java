package io.tollgate.gateway.edge;

import static io.tollgate.gateway.edge.ClearError.assertTold;
import static io.tollgate.gateway.edge.Http.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.authentication.ApiKeys;
import io.tollgate.gateway.authentication.ApiKeys.IssueResult.Issued;
import io.tollgate.gateway.authentication.KeyText;
import io.tollgate.gateway.edge.Meeting.Scene;
import io.tollgate.gateway.edge.Wire.Answer;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayProperties;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.sandbox.stores.FaultProxy;
import io.tollgate.sandbox.stores.SharedStores;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RefusalsTest implements Scene {

    static final String SIMULATED = "/simulated/chat/completions";

    private static final int CALLS_MAX = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static FaultProxy redis;
    private static EdgeGateway gateway;

    @BeforeAll
    static void start() {
        SharedStores stores = SharedStores.instance();
        redis = FaultProxy.to(stores.redis().host(), stores.redis().port());
        String path = URI.create(stores.redis().freshUri()).getRawPath();
        Installation installation = Installation.on(
                stores.postgres().freshDatabase(), "redis://" + redis.host() + ":" + redis.port() + path);
        gateway = new EdgeGateway(installation, Duration.ofSeconds(1), properties -> {
            properties.set("tollgate.metering.holds.max-open-per-account", Integer.toString(CALLS_MAX));
            route(properties, 1, "simulated", installation)
                    .set("tollgate.upstreams.simulated.timeouts.first-byte", "500ms");
            route(properties, 2, "crowded", installation).set("tollgate.upstreams.crowded.bulkhead.calls-most", "1");
            route(properties, 3, "ill", installation)
                    .set("tollgate.upstreams.ill.breaker.window", "2")
                    .set("tollgate.upstreams.ill.breaker.calls-at-least", "2")
                    .set("tollgate.upstreams.ill.breaker.open-for", "60s");
            return properties;
        });
    }

    private static GatewayProperties route(
            GatewayProperties properties, int index, String name, Installation installation) {
        String route = "tollgate.routes[" + index + "].";
        String upstream = "tollgate.upstreams." + name + ".";
        return properties
                .set(upstream + "url", installation.ai().url() + "/v1")
                .set(upstream + "api-key", installation.ai().apiKey())
                .set(route + "name", name)
                .set(route + "path", pathOf(name))
                .set(route + "upstream", name)
                .set(route + "models[0].name", "*")
                .set(route + "models[0].price.input", "500")
                .set(route + "models[0].price.output", "2000");
    }

    private static String pathOf(String name) {
        return "/" + name + "/chat/completions";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void areToldClearlyInTheShapeOfTheDialect(Meeting meeting) {
        Answer answer = meeting.way.apply(this);

        assertTold(answer, meeting.status, meeting.code);
        assertThat(answer.header("content-length"))
                .isEqualTo(Integer.toString(answer.body().length()));
        for (String header : meeting.headers) {
            String[] pair = header.split(": ", 2);
            if (pair[1].equals("*")) {
                assertThat(answer.header(pair[0])).as(header).isNotBlank();
            } else {
                assertThat(answer.header(pair[0])).as(header).isEqualTo(pair[1]);
            }
        }
    }

    /** The official SDKs try 408, 409, 429 and 5xx again unless they are told otherwise, and wait as long as they are told. */
    @ParameterizedTest
    @EnumSource
    void areTriedAgainOnlyWhereThatCanHelp(Meeting meeting) {
        Answer answer = meeting.way.apply(this);

        boolean later = answer.header("retry-after") != null;
        boolean never = "false".equals(answer.header("x-should-retry"));
        assertThat(later && never).isFalse();
        if (meeting.status == 402) {
            assertThat(later || never).isTrue();
            assertThat(answer.header("tollgate-reason")).isEqualTo(meeting.code);
        } else {
            assertThat(answer.header("tollgate-reason")).isNull();
        }
        if (meeting.status == 429 || meeting.status == 503) {
            assertThat(later).isTrue();
        }
    }

    @Test
    void forMoneySayWhatItTakesAndWhereToTopUp() {
        for (Meeting meeting : new Meeting[] {Meeting.NOTHING_LEFT, Meeting.A_CALL_TOO_DEAR, Meeting.CREDIT_IN_USE}) {
            JsonNode error =
                    JsonMapper.shared().readTree(meeting.way.apply(this).body()).required("error");

            assertThat(error.required("type").asString()).isEqualTo("insufficient_quota");
            assertThat(error.required("reason").asString()).isEqualTo(meeting.code);
            assertThat(Credits.parse(error.required("required").asString())).isGreaterThan(Credits.ZERO);
            assertThat(error.required("available").asString()).matches("[0-9.]+");
            assertThat(error.required("top_up_url").asString()).startsWith("http");
        }
    }

    @Test
    void leaveNothingHeldAndNothingCharged() {
        Customer customer = customer("1000");
        for (String fault : new String[] {"refuse", "reset-in-headers", "status-429", "status-500", "stall"}) {
            raw((Http.head(customer) + Http.sized(Http.CALL.replace("gpt-sim", "fault:" + fault)))
                    .replace(EdgeGateway.CHAT, SIMULATED));
        }

        assertThat(gateway.settled(customer)).isEqualTo(Credits.of(1_000));
    }

    @Test
    void ofTheUpstreamPassUnchangedWithTheIdUnderWhichTheyAreKnownHere() {
        Answer answer = meet("status-429");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).contains("\"error\"").doesNotContain("tollgate");
        assertThat(answer.header("tollgate-request-id")).isNotBlank();
    }

    @Override
    public Answer raw(String request) {
        try (Wire wire = gateway.connect()) {
            return wire.send(request).answer();
        }
    }

    @Override
    public Customer rich() {
        return customer("1000");
    }

    @Override
    public Customer customer(String credits) {
        Credits amount = Credits.parse(credits);
        return amount.isZero() ? gateway.operator.createAccount("penniless") : gateway.operator.customerWith(amount);
    }

    @Override
    public Customer customerWithAllOnHold() {
        Customer customer = customer("10");
        hold(customer, Credits.of(10));
        return customer;
    }

    @Override
    public Customer customerAtItsLimit() {
        Customer customer = customer("10");
        for (int i = 0; i < CALLS_MAX; i++) {
            hold(customer, Credits.ofMicros(1));
        }
        return customer;
    }

    private static void hold(Customer customer, Credits credits) {
        HoldRequest request = new HoldRequest(
                new AccountId(customer.account()),
                HoldId.bornAt(System.currentTimeMillis()),
                credits,
                Duration.ofMinutes(1));
        assertThat(gateway.bean(Reservations.class).hold(request).block(PATIENCE))
                .isInstanceOf(HoldResult.Held.class);
    }

    @Override
    public Customer customerIn(String state) {
        Customer customer = customer("10");
        HttpResponse<String> changed = gateway.client.send(gateway.client
                .request("/admin/api/accounts/" + customer.account() + "/" + state)
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.noBody()));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        return customer;
    }

    @Override
    public String unknownKey() {
        return KeyText.random();
    }

    @Override
    public String revokedKey() {
        Customer customer = customer("0");
        Issued issued = issue(customer, null);
        GatewayClient client = gateway.client;
        HttpResponse<String> revoked = client.send(client.request("/admin/api/accounts/" + customer.account() + "/keys/"
                        + issued.key().id())
                .header("Authorization", "Bearer " + Installation.ADMIN_TOKEN)
                .DELETE());
        assertThat(revoked.statusCode()).isEqualTo(204);
        return issued.text();
    }

    @Override
    public String expiredKey() {
        return issue(customer("0"), Instant.now().minusSeconds(5)).text();
    }

    private static Issued issue(Customer customer, @Nullable Instant expiresAt) {
        return (Issued) requireNonNull(gateway.bean(ApiKeys.class)
                .issue(new AccountId(customer.account()), "test", expiresAt)
                .block(PATIENCE));
    }

    @Override
    public Answer crowd() {
        Customer customer = rich();
        try (Wire slow = gateway.connect()) {
            slow.send(faulty(customer, "stall", "crowded"));
            Answer[] answer = new Answer[1];
            await().atMost(PATIENCE).until(() -> {
                answer[0] = raw(faulty(customer, "no-usage", "crowded"));
                return answer[0].status() != 200;
            });
            return answer[0];
        }
    }

    @Override
    public Answer sicken() {
        Customer customer = rich();
        raw(faulty(customer, "refuse", "ill"));
        raw(faulty(customer, "refuse", "ill"));
        return raw(faulty(customer, "refuse", "ill"));
    }

    private static String faulty(Customer customer, String fault, String upstream) {
        return (Http.head(customer) + Http.sized(Http.CALL.replace("gpt-sim", "fault:" + fault)))
                .replace(EdgeGateway.CHAT, pathOf(upstream));
    }

    @Override
    public Answer askWithoutRedis() {
        Customer customer = rich();
        redis.refuse();
        redis.cut();
        try {
            return raw(call(customer));
        } finally {
            redis.accept();
            await().atMost(PATIENCE).until(() -> raw(call(customer)).status() == 200);
        }
    }
}
