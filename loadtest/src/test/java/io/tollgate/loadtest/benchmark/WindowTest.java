package io.tollgate.loadtest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.loadtest.benchmark.burning.Burning;
import io.tollgate.loadtest.benchmark.burning.BurningGateway.Fault;
import io.tollgate.loadtest.benchmark.load.Shape;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.peer.RunningPeer;
import io.tollgate.loadtest.benchmark.process.Cpu;
import io.tollgate.loadtest.benchmark.upstream.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measures gateways of which it is known what they do: on a busy machine all of this is as true as on an idle one. */
class WindowTest {
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final Duration LENGTH = Duration.ofMillis(500);
    private static final Shape CLOSED = Shape.closed(Form.PLAIN, Pace.AT_ONCE, 4);

    @TempDir
    Path directory;

    @Test
    void findsTheCpuThatACallUses() {
        double light = cpuMicros(new Burning(1_000, 0, Fault.NONE));
        double heavy = cpuMicros(new Burning(5_000, 0, Fault.NONE));

        // The clock behind it ticks in hundredths of a second; what Netty and the JVM use comes on top.
        assertThat(light).isGreaterThan(950);
        assertThat(heavy).isGreaterThan(4_750).isGreaterThan(light);
    }

    @Test
    void countsWhatTheGatewayCounts() throws IOException, InterruptedException {
        try (RunningPeer gateway = new Burning(100, 0, Fault.NONE).start(directory)) {
            Window window = measure(gateway, CLOSED);

            Tally tally = window.tally();
            assertThat(tally.answered()).isPositive().isEqualTo(Burning.calls(gateway));
            assertThat(tally.failed()).isZero();
            assertThat(tally.byKey().stream().mapToLong(Long::longValue).sum()).isEqualTo(tally.answered());
            assertThat(tally.byKey())
                    .allMatch(calls -> Math.abs(calls - tally.byKey().getFirst()) <= 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"REFUSES, 1, 0", "SHORTENS, 0, 1"})
    void takesNoFailureForAnAnswer(Fault fault, int refused, int cut) throws IOException, InterruptedException {
        try (RunningPeer gateway = new Burning(100, 0, fault).start(directory)) {
            Tally tally = measure(gateway, CLOSED).tally();

            long failures = Burning.calls(gateway) / 5;
            assertThat(tally.calls()).isEqualTo(Burning.calls(gateway));
            assertThat(tally.refused()).isEqualTo(refused * failures);
            assertThat(tally.cut()).isEqualTo(cut * failures);
        }
    }

    @Test
    void noticesConnectionsThatBreak() {
        try (RunningPeer gateway = new Burning(100, 0, Fault.CUTS).start(directory)) {
            Tally tally = measure(gateway, CLOSED).tally();

            // Each of the four breaks sooner or later, and is not made again.
            assertThat(tally.cut()).isEqualTo(4);
        }
    }

    @Test
    void aSlowGatewayDoesNotMakeClientsAskLess() {
        Shape steady = new Shape(Form.PLAIN, Pace.AT_ONCE, 1, 100);
        try (RunningPeer gateway = new Burning(0, 50, Fault.NONE).start(directory)) {
            Window window = measure(gateway, steady);

            // An answer takes 50 ms, a call comes every 10: after half a second it has waited for longer than any
            // answer took.
            assertThat(window.stretch().latency().micros(1)).isGreaterThan(300_000);
        }
    }

    private double cpuMicros(Burning gateway) {
        try (RunningPeer running = gateway.start(directory)) {
            return measure(running, CLOSED).cpu().gateway();
        }
    }

    private static Window measure(RunningPeer gateway, Shape shape) {
        Meters meters = new Meters(gateway.cpu(), Cpu.ofNothing(), Cpu.ofNothing(), Cpu.ofThisProcess());
        return Window.measure(gateway.uri(), KEYS, shape, LENGTH, meters);
    }
}
