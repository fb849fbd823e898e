package io.tollgate.gateway.edge;

import static org.awaitility.Awaitility.await;

import io.tollgate.gateway.edge.RecordingUpstream.Seen;
import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.GatewayProperties;
import io.tollgate.gateway.installation.Installation;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.metering.credit.Credits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A gateway in front of a provider that keeps what it sees. Its bounds are narrow, so that tests meet them soon. */
final class EdgeGateway implements AutoCloseable {

    static final String CHAT = "/v1/chat/completions";
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(1);
    static final int BODY_MAX = 64 * 1024;
    static final int DEFAULT_OUTPUT = 256;
    static final long OUTPUT_MAX = 32_768;
    static final long PRICE_IN = 500;
    static final long PRICE_OUT = 2_000;
    static final Credits CREDIT = Credits.of(1_000);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static @Nullable EdgeGateway shared;

    final RecordingUpstream upstream = RecordingUpstream.start();
    final Operator operator;
    final GatewayClient client;
    private final Installation installation;
    private final GatewayInJvm gateway;

    EdgeGateway(Duration requestTimeout) {
        this(Installation.start(), requestTimeout, properties -> properties);
    }

    /** With further settings. */
    EdgeGateway(Installation installation, Duration requestTimeout, UnaryOperator<GatewayProperties> more) {
        this.installation = installation;
        GatewayProperties properties = installation
                .properties(Installation.freePort())
                .set("TOLLGATE_UPSTREAM_URL", upstream.uri().toString())
                .set("tollgate.server.request-timeout", requestTimeout.toMillis() + "ms")
                .set("tollgate.routes[0].max-body", BODY_MAX + "B")
                .set("tollgate.routes[0].default-output-tokens", Integer.toString(DEFAULT_OUTPUT));
        gateway = GatewayInJvm.start(more.apply(properties));
        client = new GatewayClient(gateway.uri());
        operator = new Operator(client, Installation.ADMIN_TOKEN);
    }

    /** Lives as long as the JVM; tests keep apart by accounts of their own. */
    static synchronized EdgeGateway shared() {
        EdgeGateway known = shared;
        if (known == null) {
            known = new EdgeGateway(REQUEST_TIMEOUT);
            shared = known;
        }
        return known;
    }

    URI uri() {
        return gateway.uri();
    }

    Wire connect() {
        return Wire.to(uri());
    }

    <T> T bean(Class<T> type) {
        return gateway.bean(type);
    }

    Customer customer() {
        return operator.customerWith(CREDIT);
    }

    String upstreamCredential() {
        return "Bearer " + installation.ai().apiKey();
    }

    /** The bodies of the customer's calls as the upstream has got them. */
    List<String> bodiesSeen(Customer customer) {
        return upstream.seenFor(customer.account()).stream().map(Seen::text).toList();
    }

    /** The customer's posted credit once nothing is held any more. */
    Credits settled(Customer customer) {
        JsonNode[] balance = new JsonNode[1];
        await().atMost(PATIENCE).until(() -> {
            balance[0] = operator.balance(customer);
            return balance[0].required("held").asString().equals("0");
        });
        return Credits.parse(balance[0].required("posted").asString());
    }

    @Override
    public void close() {
        gateway.close();
        upstream.close();
        installation.close();
    }
}
