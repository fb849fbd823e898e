package io.tollgate.gateway.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What clients may take their time for.
 *
 * @param requestTimeout a client must have sent its whole request by then
 * @param idleTimeout a client's connection without a request is closed by then
 * @param lingerTimeout how long what a client still sends is read and thrown away after it was refused half-way: closing at once
 *     would destroy the answer on its way
 */
@ConfigurationProperties("tollgate.server")
record ConnectionProperties(
        @DefaultValue("30s") Duration requestTimeout,
        @DefaultValue("75s") Duration idleTimeout,
        @DefaultValue("3s") Duration lingerTimeout) {}
