package io.tollgate.gateway.installation;

import io.tollgate.sandbox.ai.AiSimulator;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stripe.StripeSimulator;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings that point a gateway at the pieces of an installation; without a piece, the environment says where it is. */
public final class GatewayProperties {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private @Nullable InstantSource stripesClock;

    public GatewayProperties() {
        set("server.address", "127.0.0.1");
        set("spring.main.banner-mode", "off");
        set("logging.level.root", "warn");
    }

    public GatewayProperties set(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** What holds unless a configuration, even one of the gateway's own, says something else. */
    public GatewayProperties setDefault(String name, String value) {
        defaults.put(name, value);
        return this;
    }

    public GatewayProperties port(int port) {
        return set("server.port", Integer.toString(port));
    }

    public GatewayProperties publicUrl(String url) {
        return set("tollgate.public-url", url);
    }

    public GatewayProperties postgres(Database database) {
        // Those who wait for the book need not wait for a second.
        set("tollgate.metering.flush.interval", "200ms");
        set("spring.r2dbc.url", database.r2dbcUrl());
        set("spring.r2dbc.username", database.app().user());
        set("spring.r2dbc.password", database.app().password());
        set("spring.flyway.url", database.jdbcUrl());
        set("spring.flyway.user", database.owner().user());
        return set("spring.flyway.password", database.owner().password());
    }

    public GatewayProperties redis(String uri) {
        return set("spring.data.redis.url", uri);
    }

    public GatewayProperties upstream(AiSimulator ai) {
        set("TOLLGATE_UPSTREAM_URL", ai.url() + "/v1");
        // So that the conservation check can tell whose an answer was, even one that nobody was charged for.
        set("TOLLGATE_UPSTREAM_TELL_ACCOUNT", "true");
        return set("TOLLGATE_UPSTREAM_API_KEY", ai.apiKey());
    }

    public GatewayProperties stripe(StripeSimulator stripe, String secretKey, String webhookSecret) {
        stripesClock = stripe::now;
        set("tollgate.billing.stripe.api-base", stripe.baseUri().toString());
        set("tollgate.billing.stripe.secret-key", secretKey);
        set("tollgate.billing.stripe.webhook-secrets", webhookSecret);
        return set("tollgate.top-up.checkout-origins", stripe.baseUri().toString());
    }

    /** What time it is for periods and deadlines: that of the simulated Stripe, which may have been told to hurry; null with a real one. */
    @Nullable
    InstantSource stripesClock() {
        return stripesClock;
    }

    /** Only a gateway in this JVM can be given these. */
    Map<String, Object> defaults() {
        return defaults;
    }

    /** As arguments of {@code main}: nothing in the environment is stronger. */
    public List<String> arguments() {
        return values.entrySet().stream()
                .map(value -> "--" + value.getKey() + "=" + value.getValue())
                .toList();
    }
}
