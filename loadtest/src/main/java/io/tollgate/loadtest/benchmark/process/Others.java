package io.tollgate.loadtest.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How much of the machine was used meanwhile by what has no part in the measurement: its noise. Not known without {@code /proc}. */
public final class Others {
    private static final Path STAT = Path.of("/proc/stat");
    /** Hundredths of a second, whatever the kernel itself ticks in. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** user, nice, system, idle, iowait, irq, softirq, steal; guests are within user. */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7, 8);

    private final Cpu known;
    private final long began = System.nanoTime();
    private final double busyBefore = busyNanos();
    private final double knownBefore;

    private Others(Cpu known) {
        this.known = known;
        this.knownBefore = known.used().toNanos();
    }

    public static Others beside(Cpu known) {
        return new Others(known);
    }

    /** Of all cores, since it began. */
    public double share() {
        double busy = busyNanos() - busyBefore - (known.used().toNanos() - knownBefore);
        double all = (double) (System.nanoTime() - began) * Runtime.getRuntime().availableProcessors();
        return Double.isNaN(busy) ? Double.NaN : Math.max(0, busy / all);
    }

    private static double busyNanos() {
        if (!Files.exists(STAT)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(STAT)) {
            String[] ticks = lines.findFirst().orElseThrow().split("\\s+", -1);
            return BUSY.stream()
                            .mapToLong(column -> Long.parseLong(ticks[column]))
                            .sum()
                    * (double) TICK_NANOS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
