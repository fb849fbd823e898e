package io.tollgate.gateway.proxy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of reading answers to their end whose clients have left, on routes with {@code when-client-leaves: drain}. Beyond them the upstream is cancelled.
 *
 * @param callsMost at the same time
 * @param longest how long one of them may go on
 */
@ConfigurationProperties("tollgate.drains")
record DrainProperties(
        @DefaultValue("200") int callsMost,
        @DefaultValue("30s") Duration longest) {}
