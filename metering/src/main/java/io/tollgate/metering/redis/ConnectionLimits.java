package io.tollgate.metering.redis;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of a connection to Redis.
 *
 * @param requestQueue calls that may wait for their reply on one connection; what comes beyond is refused at once
 * @param reconnectAtMost the longest pause between attempts to connect again; pauses grow up to it
 */
@ConfigurationProperties("tollgate.metering.redis")
public record ConnectionLimits(
        @DefaultValue("20000") int requestQueue,
        @DefaultValue("1s") Duration reconnectAtMost) {

    public static final ConnectionLimits DEFAULT = new ConnectionLimits(20_000, Duration.ofSeconds(1));

    public ConnectionLimits {
        if (requestQueue < 1) {
            throw new IllegalArgumentException("tollgate.metering.redis.request-queue below 1: " + requestQueue);
        }
    }
}
