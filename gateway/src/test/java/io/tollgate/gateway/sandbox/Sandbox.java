package io.tollgate.gateway.sandbox;

import io.tollgate.gateway.installation.GatewayClient;
import io.tollgate.gateway.installation.GatewayInJvm;
import io.tollgate.gateway.installation.GatewayProperties;
import io.tollgate.gateway.installation.Operator;
import io.tollgate.gateway.installation.Operator.Customer;
import io.tollgate.gateway.sandbox.SandboxSettings.Origin;
import io.tollgate.sandbox.ai.AiSettings;
import io.tollgate.sandbox.ai.AiSimulator;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.PortTakenException;
import io.tollgate.sandbox.stores.StoreSettings;
import io.tollgate.sandbox.stores.Stores;
import io.tollgate.sandbox.stripe.StripeSimulator;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** The pieces that run, and what is known of them. */
final class Sandbox implements AutoCloseable {

    private static final String LOCALHOST = "http://localhost:";
    private static final String REAL_STRIPE = "https://api.stripe.com";
    private static final int SECRET_BYTES = 24;

    private final SandboxSettings settings;
    private final Steps steps;
    private final Teardown teardown = new Teardown();
    private final Facts facts = new Facts();
    private final GatewayProperties gateway = new GatewayProperties();

    private Sandbox(SandboxSettings settings, Steps steps) {
        this.settings = settings;
        this.steps = steps;
    }

    /** Returns when a newcomer's first call would work; what was started before a failure is stopped again. */
    static Sandbox start(SandboxSettings settings, Steps steps) {
        Sandbox sandbox = new Sandbox(settings, steps);
        try {
            sandbox.start();
            return sandbox;
        } catch (PortTakenException e) {
            sandbox.close();
            throw new SandboxException(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    Facts facts() {
        return facts;
    }

    @Override
    public void close() {
        teardown.run();
    }

    private void start() {
        requireFreePorts();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "sandbox-teardown"));
        EnvFile envFile = new EnvFile(settings.envFile());
        envFile.remove();
        startStores();
        teardown.add(envFile::remove);
        startProvider();
        int port = Ports.orFree(settings.gatewayPort());
        startStripe(port);
        startGateway(port);
        steps.take("demo account with " + settings.demoCredit() + " credits", this::createDemoAccount);
        envFile.write(facts.values());
    }

    private void requireFreePorts() {
        Ports.requireFree(settings.gatewayPort(), "the gateway", SandboxSettings.GATEWAY_PORT);
        if (settings.upstreamUrl() == null) {
            Ports.requireFree(settings.aiPort(), "the simulated AI provider", SandboxSettings.AI_PORT);
        }
        if (settings.stripeKey() == null) {
            Ports.requireFree(settings.stripePort(), "the simulated Stripe", SandboxSettings.STRIPE_PORT);
        }
        if (settings.postgres() == Origin.OURS) {
            Ports.requireFree(settings.postgresPort(), "Postgres", SandboxSettings.POSTGRES_PORT);
        }
        if (settings.redis() == Origin.OURS) {
            Ports.requireFree(settings.redisPort(), "Redis", SandboxSettings.REDIS_PORT);
        }
    }

    private void startStores() {
        if (settings.postgres() == Origin.THEIRS && settings.redis() == Origin.THEIRS) {
            steps.note("Postgres and Redis: yours");
            return;
        }
        StoreSettings storeSettings = StoreSettings.fromEnvironment()
                .withPostgresPort(settings.postgres() == Origin.OURS ? settings.postgresPort() : 0)
                .withRedisPort(settings.redis() == Origin.OURS ? settings.redisPort() : 0);
        Stores stores = steps.take("Postgres and Redis", () -> Stores.start(storeSettings));
        teardown.add(stores::close);
        if (settings.postgres() == Origin.OURS) {
            Database database = stores.postgres().database();
            gateway.postgres(database);
            facts.put(Facts.POSTGRES, database.jdbcUrl());
            facts.put(Facts.POSTGRES_USER, database.owner().user());
            facts.put(Facts.POSTGRES_PASSWORD, database.owner().password());
        }
        if (settings.redis() == Origin.OURS) {
            gateway.redis(stores.redis().uri());
            facts.put(Facts.REDIS, stores.redis().uri());
        }
    }

    private void startProvider() {
        if (settings.upstreamUrl() != null) {
            steps.note("AI provider: " + settings.upstreamUrl());
            facts.put(Facts.AI, settings.upstreamUrl());
            return;
        }
        AiSimulator ai = steps.take(
                "simulated AI provider",
                () -> AiSimulator.start(AiSettings.defaults().withPort(settings.aiPort())));
        teardown.add(ai::close);
        gateway.upstream(ai);
        facts.put(Facts.AI, ai.url());
    }

    private void startStripe(int gatewayPort) {
        if (settings.stripeKey() != null) {
            steps.note("Stripe: the real one; forward its webhooks to " + LOCALHOST + gatewayPort
                    + "/api/webhooks/stripe (stripe listen --forward-to …)");
            facts.put(Facts.STRIPE, REAL_STRIPE);
            return;
        }
        String secretKey = "sk_test_" + random();
        String webhookSecret = "whsec_" + random();
        URI webhooks = URI.create("http://127.0.0.1:" + gatewayPort + "/api/webhooks/stripe");
        StripeSimulator stripe = steps.take(
                "simulated Stripe",
                () -> StripeSimulator.start(new StripeSimulator.Settings(
                        settings.stripePort(), secretKey, webhooks, webhookSecret, Clock.systemUTC())));
        teardown.add(stripe::close);
        gateway.stripe(stripe, secretKey, webhookSecret);
        facts.put(Facts.STRIPE, stripe.baseUri().toString());
        facts.put(Facts.STRIPE_SECRET_KEY, secretKey);
        facts.put(Facts.STRIPE_WEBHOOK_SECRET, webhookSecret);
    }

    private void startGateway(int port) {
        String adminToken = settings.adminToken() == null ? random() : settings.adminToken();
        String url = LOCALHOST + port;
        gateway.port(port)
                .publicUrl(url)
                .set("tollgate.top-up.secret", random())
                .set("tollgate.admin.token", adminToken);
        DemoPlans.sellIn(gateway);
        GatewayInJvm running = steps.take("gateway", () -> GatewayInJvm.start(gateway));
        teardown.add(running::close);
        facts.put(Facts.GATEWAY, url);
        facts.put(Facts.ADMIN_TOKEN, adminToken);
    }

    private Customer createDemoAccount() {
        GatewayClient client = new GatewayClient(URI.create(facts.get(Facts.GATEWAY)));
        Operator operator = new Operator(client, facts.get(Facts.ADMIN_TOKEN));
        Customer demo = operator.createAccount("demo");
        operator.give(demo, settings.demoCredit());
        facts.put(Facts.ACCOUNT, demo.account());
        facts.put(Facts.KEY, demo.key());
        facts.put(Facts.DEMO_CREDIT, settings.demoCredit().toDecimal());
        return demo;
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
