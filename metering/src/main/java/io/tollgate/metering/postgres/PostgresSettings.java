package io.tollgate.metering.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long to wait for Postgres. Where it is, is said by {@code spring.r2dbc.*}.
 *
 * @param connectTimeout for a new connection
 * @param statementTimeout for one statement, by Postgres' own clock
 * @param lockTimeout for a lock that another transaction holds
 */
@ConfigurationProperties("tollgate.metering.postgres")
record PostgresSettings(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("20s") Duration statementTimeout,
        @DefaultValue("10s") Duration lockTimeout) {}
