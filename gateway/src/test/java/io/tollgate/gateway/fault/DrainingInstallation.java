package io.tollgate.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.TollgateApplication;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.GatewayProcess;
import io.tollgate.gateway.installation.GatewayProperties;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.misbehaviour.MisbehavingUpstream;
import io.tollgate.metering.credit.Credits;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.FaultProxy;
import io.tollgate.sandbox.stores.RedisStore;
import io.tollgate.sandbox.stores.SharedStores;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Gateways that come and go as processes and reach Redis over a wire, beside one that stays and has a wire of its own to it. */
final class DrainingInstallation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Database database = SharedStores.instance().postgres().freshDatabase();
    private final RedisStore redis = SharedStores.instance().redis();
    private final URI direct = URI.create(redis.freshUri());
    private final FaultProxy redisWire = FaultProxy.to(redis.host(), redis.port());
    private final Installation near = Installation.on(database, direct.toString());
    private final Installation overWire =
            Installation.on(database, "redis://" + redisWire.host() + ":" + redisWire.port() + direct.getPath());
    private final MisbehavingUpstream upstream = MisbehavingUpstream.start();
    private final GatewayInJvm staying = GatewayInJvm.start(near.properties(Installation.freePort()));
    private final Operator operator = new Operator(new GatewayClient(staying.uri()), Installation.ADMIN_TOKEN);

    private DrainingInstallation() {}

    static DrainingInstallation start() {
        return new DrainingInstallation();
    }

    /** Returns when it takes calls. */
    DrainingGateway gateway(String notice, String grace, String holdTtl) {
        int port = Installation.freePort();
        GatewayProperties properties = overWire.properties(port)
                .set("TOLLGATE_UPSTREAM_URL", upstream.url())
                .set("tollgate.routes[0].models[3].name", "*")
                .set("tollgate.routes[0].models[3].price.input", "500")
                .set("tollgate.routes[0].models[3].price.output", "2000")
                .set("tollgate.holds.ttl", holdTtl)
                .set("tollgate.shutdown.notice", notice)
                .set("tollgate.shutdown.grace", grace)
                .set("spring.lifecycle.timeout-per-shutdown-phase", "90s");
        return new DrainingGateway(GatewayProcess.start(TollgateApplication.class, properties, port), upstream);
    }

    FaultProxy redisWire() {
        return redisWire;
    }

    Customer customer(Credits credit) {
        return operator.customerWith(credit);
    }

    long held(Customer customer) {
        return figures(customer).required("redis").required("held").asLong();
    }

    /** Nothing is held, and both stores say that this is left. */
    void assertAtRest(Customer customer, long posted) {
        await("the books").atMost(PATIENCE).untilAsserted(() -> {
            JsonNode live = figures(customer).required("redis");
            assertThat(live.required("held").asLong()).isZero();
            assertThat(live.required("posted").asLong()).isEqualTo(posted);
            assertThat(figures(customer).required("postgres").required("posted").asLong())
                    .isEqualTo(posted);
        });
    }

    List<String> outcomes(Customer customer) {
        return operator.charges(customer)
                .required("charges")
                .valueStream()
                .map(charge -> charge.required("outcome").asString())
                .toList();
    }

    /** What was charged, each charge by itself. */
    List<Long> charged(Customer customer) {
        return operator.charges(customer)
                .required("charges")
                .valueStream()
                .map(charge -> charge.required("charged").asLong())
                .filter(micros -> micros > 0)
                .toList();
    }

    private JsonNode figures(Customer customer) {
        return operator.conservation(customer).required("accounts").get(0);
    }

    @Override
    public void close() {
        staying.close();
        near.close();
        overWire.close();
        upstream.close();
        redisWire.close();
    }
}
