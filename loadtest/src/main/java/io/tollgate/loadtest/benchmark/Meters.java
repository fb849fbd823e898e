package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.process.Cpu;
import java.time.Duration;

/**
 * Whose CPU time is read for a peer.
 *
 * @param rig the upstream and the clients: not the peer's, but no noise either
 */
record Meters(Cpu gateway, Cpu redis, Cpu postgres, Cpu rig) {
    private static final Duration LONGEST_REST = Duration.ofSeconds(15);
    private static final Duration PROBE = Duration.ofMillis(500);
    /** A process at rest still looks at its clocks and queues; as a share of a core. */
    private static final double AT_REST = 0.06;

    /** CPU time in nanoseconds, or for each nanosecond. */
    record Reading(double gateway, double redis, double postgres) {
        Reading minus(Reading other) {
            return new Reading(gateway - other.gateway, redis - other.redis, postgres - other.postgres);
        }

        Reading times(double factor) {
            return new Reading(gateway * factor, redis * factor, postgres * factor);
        }

        double sum() {
            return gateway + redis + postgres;
        }
    }

    /** All that has a part in the measurement. */
    Cpu known() {
        return gateway.and(redis).and(postgres).and(rig);
    }

    Reading read() {
        return new Reading(
                gateway.used().toNanos(),
                redis.used().toNanos(),
                postgres.used().toNanos());
    }

    /** Waits until hardly any CPU is used, or for as long as that may take; answers what is used for each nanosecond then. */
    Reading awaitRest() {
        long deadline = System.nanoTime() + LONGEST_REST.toNanos();
        while (true) {
            Reading before = read();
            long began = System.nanoTime();
            Pause.of(PROBE);
            Reading idle = read().minus(before).times(1.0 / (System.nanoTime() - began));
            if (idle.sum() <= AT_REST || System.nanoTime() > deadline) {
                return idle;
            }
        }
    }
}
