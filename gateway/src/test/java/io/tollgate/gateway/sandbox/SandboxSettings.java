package io.tollgate.gateway.sandbox;

import io.tollgate.metering.credit.Credits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What of the sandbox is started, and where. Ports: 0 picks a free one.
 *
 * @param stripeKey a real secret key; null: Stripe is simulated
 * @param upstreamUrl a real provider; null: it is simulated
 * @param redis whether Redis is somebody else's
 * @param postgres whether Postgres is somebody else's
 */
record SandboxSettings(
        int gatewayPort,
        int aiPort,
        int stripePort,
        int postgresPort,
        int redisPort,
        @Nullable String stripeKey,
        @Nullable String stripeWebhookSecret,
        @Nullable String upstreamUrl,
        Origin redis,
        Origin postgres,
        @Nullable String adminToken,
        Credits demoCredit,
        Path envFile) {

    static final String GATEWAY_PORT = "TOLLGATE_PORT";
    static final String AI_PORT = "TOLLGATE_AI_PORT";
    static final String STRIPE_PORT = "TOLLGATE_STRIPE_PORT";
    static final String POSTGRES_PORT = "TOLLGATE_POSTGRES_PORT";
    static final String REDIS_PORT = "TOLLGATE_REDIS_PORT";

    /** Who runs a piece. */
    enum Origin {
        OURS,
        THEIRS
    }

    static SandboxSettings from(Surroundings surroundings) {
        return new SandboxSettings(
                surroundings.port(GATEWAY_PORT, 8080),
                surroundings.port(AI_PORT, 9090),
                surroundings.port(STRIPE_PORT, 9091),
                surroundings.port(POSTGRES_PORT, 15_432),
                surroundings.port(REDIS_PORT, 16_379),
                surroundings.get("STRIPE_SECRET_KEY"),
                surroundings.get("STRIPE_WEBHOOK_SECRET"),
                surroundings.get("TOLLGATE_UPSTREAM_URL"),
                origin(surroundings, "SPRING_DATA_REDIS_URL", "SPRING_DATA_REDIS_HOST"),
                origin(surroundings, "SPRING_R2DBC_URL"),
                surroundings.get("TOLLGATE_ADMIN_TOKEN"),
                demoCredit(surroundings.get("TOLLGATE_DEMO_CREDIT", "0.60")),
                Path.of(surroundings.get("TOLLGATE_ENV_FILE", "target/sandbox.env")));
    }

    private static Origin origin(Surroundings surroundings, String... names) {
        return surroundings.hasAny(names) ? Origin.THEIRS : Origin.OURS;
    }

    private static Credits demoCredit(String text) {
        try {
            return Credits.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SandboxException("TOLLGATE_DEMO_CREDIT is " + e.getMessage());
        }
    }
}
