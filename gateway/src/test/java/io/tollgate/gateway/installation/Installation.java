package io.tollgate.gateway.installation;

import io.tollgate.sandbox.ai.AiSettings;
import io.tollgate.sandbox.ai.AiSimulator;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.SharedStores;
import io.tollgate.sandbox.stripe.StripeSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores of its own, a simulated provider, a simulated Stripe, and however many gateways a test starts on them. Most tests share
 * one installation with one gateway and keep apart by using accounts of their own.
 */
public final class Installation implements AutoCloseable {

    public static final String ADMIN_TOKEN = "operator-token-of-the-tests";
    public static final String TOP_UP_SECRET = "a secret that all gateways of the tests share";
    public static final String STRIPE_KEY = "sk_test_of_the_tests";
    public static final String WEBHOOK_SECRET = "whsec_of_the_tests";

    /** Answers of this model cost exactly what is held for them: 100 tokens at 0.001 credits, the prompt for free. */
    public static final String TEN_CENTS = "ten-cents";

    private static @Nullable Installation shared;
    private static @Nullable GatewayInJvm sharedGateway;

    private final Database database;
    private final String redis;
    private final AiSimulator ai;
    private final StripeSimulator stripe;

    private Installation(Database database, String redis) {
        this.database = database;
        this.redis = redis;
        this.ai = AiSimulator.start(AiSettings.defaults().withModels(List.of("gpt-sim", "gpt-sim-slow", TEN_CENTS)));
        this.stripe = StripeSimulator.start(StripeSimulator.Settings.onFreePort(STRIPE_KEY, WEBHOOK_SECRET));
    }

    public static Installation start() {
        SharedStores stores = SharedStores.instance();
        return on(stores.postgres().freshDatabase(), stores.redis().freshUri());
    }

    /** On stores that somebody else starts, breaks and stops. */
    public static Installation on(Database database, String redis) {
        return new Installation(database, redis);
    }

    /** The installation that tests share; it has a gateway and lives as long as the JVM. */
    public static synchronized Installation shared() {
        Installation known = shared;
        if (known == null) {
            known = start();
            int port = freePort();
            sharedGateway = GatewayInJvm.start(known.properties(port));
            known.webhooksTo(port);
            shared = known;
        }
        return known;
    }

    /** A client of the shared installation's gateway. */
    public static GatewayClient sharedClient() {
        shared();
        if (sharedGateway == null) {
            throw new IllegalStateException("the shared gateway did not start");
        }
        return new GatewayClient(sharedGateway.uri());
    }

    /** Of a gateway of this installation on the port. */
    public GatewayProperties properties(int port) {
        GatewayProperties properties = new GatewayProperties()
                .port(port)
                .publicUrl("http://localhost:" + port)
                .postgres(database)
                .redis(redis)
                .upstream(ai)
                .stripe(stripe, STRIPE_KEY, WEBHOOK_SECRET)
                // Neither comes between a test and the outages it has ordered.
                .set("tollgate.billing.stripe-reconciliation.recovery.enabled", "false")
                .set("tollgate.billing.stripe-reconciliation.nightly-at", "off")
                .set("tollgate.top-up.secret", TOP_UP_SECRET)
                .set("tollgate.admin.token", ADMIN_TOKEN)
                .set("tollgate.admin.bulk-creation", "true")
                .set("tollgate.keys.accept-foreign", "true");
        return route(properties);
    }

    public void webhooksTo(int gatewayPort) {
        stripe.deliverWebhooksTo(URI.create("http://127.0.0.1:" + gatewayPort + "/api/webhooks/stripe"));
    }

    public AiSimulator ai() {
        return ai;
    }

    public StripeSimulator stripe() {
        return stripe;
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GatewayProperties route(GatewayProperties properties) {
        String route = "tollgate.routes[0].";
        properties
                .set(route + "name", "chat")
                .set(route + "path", "/v1/chat/completions")
                .set(route + "dialect", "openai-chat")
                .set(route + "upstream", "openai")
                .set(route + "overage", "debt")
                .set(route + "default-output-tokens", "1024");
        model(properties, 0, "gpt-sim", "500", "2000");
        model(properties, 1, "gpt-sim-slow", "500", "2000");
        return model(properties, 2, TEN_CENTS, "0", "1000");
    }

    private static GatewayProperties model(
            GatewayProperties properties, int index, String name, String input, String output) {
        String model = "tollgate.routes[0].models[" + index + "].";
        return properties
                .set(model + "name", name)
                .set(model + "price.input", input)
                .set(model + "price.output", output);
    }

    @Override
    public void close() {
        ai.close();
        stripe.close();
    }
}
