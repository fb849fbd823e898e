package io.tollgate.gateway.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls under way end when the gateway does. {@code spring.lifecycle.timeout-per-shutdown-phase} must be longer than all three together.
 *
 * @param notice how long calls are still taken after readiness has gone
 * @param grace how long those under way may take to finish
 * @param lastWords how long the cut ones may take to be told so
 */
@ConfigurationProperties("tollgate.shutdown")
record ShutdownProperties(
        @DefaultValue("0s") Duration notice,
        @DefaultValue("25s") Duration grace,
        @DefaultValue("2s") Duration lastWords) {}
