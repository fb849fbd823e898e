package io.tollgate.metering.usage.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events get from Redis into Postgres.
 *
 * @param interval pause between two flushes of what this gateway has caused; the longer, the more events of an account are booked as one, and the
 *     more is lost if Redis and every gateway that knows of them are lost together
 * @param sweep how often all partitions are looked at, for what other gateways left behind
 * @param partitionsAtOnce the most partitions in one SQL transaction
 * @param batch the most events in one SQL transaction
 * @param maxBacklog how many events may wait to be booked before no more calls are let in; each takes some 300 bytes of Redis
 * @param concurrency SQL transactions side by side, each with its own partitions; each takes a connection of the pool
 * @param trimAfter how long booked events stay in the stream, so that a Postgres promoted without its last seconds can be
 *     filled again
 * @param timeout how long one SQL transaction may take, reading from Redis included
 * @param longestPause the most that repeated failures stretch the interval to
 * @param shutdown how long shutdown waits for the flush under way, and again for the last one
 */
@ConfigurationProperties("tollgate.metering.flush")
record FlushSettings(
        @DefaultValue("1s") Duration interval,
        @DefaultValue("5s") Duration sweep,
        @DefaultValue("64") int partitionsAtOnce,
        @DefaultValue("10000") int batch,
        @DefaultValue("1000000") long maxBacklog,
        @DefaultValue("2") int concurrency,
        @DefaultValue("1m") Duration trimAfter,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("10s") Duration longestPause,
        @DefaultValue("10s") Duration shutdown) {

    FlushSettings {
        if (maxBacklog < 1) {
            throw new IllegalArgumentException("tollgate.metering.flush.max-backlog must be at least 1: " + maxBacklog);
        }
        if (partitionsAtOnce < 1 || concurrency < 1 || batch < partitionsAtOnce) {
            throw new IllegalArgumentException(
                    "tollgate.metering.flush: partitions-at-once and concurrency must be at least 1 and batch no less than partitions-at-once");
        }
    }
}
