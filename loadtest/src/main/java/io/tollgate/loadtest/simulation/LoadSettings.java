package io.tollgate.loadtest.simulation;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How much load, as system properties.
 *
 * @param callsPerSecond {@code load.rate}: calls that begin each second, however slow the answers are
 * @param duration {@code load.seconds}
 * @param streamedPercent {@code load.streamed}: the share of calls that ask for a stream
 * @param accounts {@code load.accounts}: how many take turns
 * @param creditsEach {@code load.credits}: what each is granted at the start
 * @param creation {@code load.creation}: {@code ORDINARY}, or {@code BULK} where the gateway allows it
 * @param model {@code load.model}
 * @param calls {@code load.calls}: the file that keeps what the clients were told
 */
record LoadSettings(
        double callsPerSecond,
        Duration duration,
        int streamedPercent,
        int accounts,
        long creditsEach,
        Creation creation,
        String model,
        Path calls) {

    /** How the accounts come to be. */
    enum Creation {
        ORDINARY,
        BULK
    }

    LoadSettings {
        if (callsPerSecond <= 0 || duration.isNegative() || duration.isZero() || accounts < 1 || creditsEach < 1) {
            throw new IllegalArgumentException("load.rate, load.seconds, load.accounts and load.credits are above 0");
        }
        if (streamedPercent < 0 || streamedPercent > 100) {
            throw new IllegalArgumentException("load.streamed is a percentage: " + streamedPercent);
        }
    }

    static LoadSettings fromSystemProperties() {
        return new LoadSettings(
                Double.parseDouble(System.getProperty("load.rate", "50")),
                Duration.ofSeconds(Long.getLong("load.seconds", 60)),
                Integer.getInteger("load.streamed", 30),
                Integer.getInteger("load.accounts", 20),
                Long.getLong("load.credits", 1_000),
                Creation.valueOf(System.getProperty("load.creation", "ORDINARY")),
                System.getProperty("load.model", "gpt-sim"),
                Path.of(System.getProperty("load.calls", "target/calls.jsonl")));
    }
}
