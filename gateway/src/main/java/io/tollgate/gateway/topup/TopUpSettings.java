package io.tollgate.gateway.topup;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How links to the top-up page are signed.
 *
 * @param linkTtl how long a {@code top_up_url} may be used
 * @param orderTtl how long a success page answers; longer than a checkout session lives and a bank transfer takes
 * @param secret the signing secret, the same on all gateways; absent: a new one at every start
 */
@ConfigurationProperties("tollgate.top-up")
public record TopUpSettings(
        @DefaultValue("1h") Duration linkTtl,
        @DefaultValue("7d") Duration orderTtl,
        @Nullable String secret) {

    private static final int SHORTEST_SECRET = 32;

    public TopUpSettings {
        checkTtl("link-ttl", linkTtl);
        checkTtl("order-ttl", orderTtl);
        if (secret != null && secret.isBlank()) {
            secret = null;
        }
        if (secret != null && secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "tollgate.top-up.secret must have at least " + SHORTEST_SECRET + " characters");
        }
    }

    private static void checkTtl(String name, Duration ttl) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("tollgate.top-up." + name + " must be above zero: " + ttl);
        }
    }

    /** Without the secret: settings end up in logs. */
    @Override
    public String toString() {
        return "TopUpSettings[linkTtl=" + linkTtl + ", orderTtl=" + orderTtl + "]";
    }
}
