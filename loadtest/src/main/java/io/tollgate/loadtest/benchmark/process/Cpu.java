package io.tollgate.loadtest.benchmark.process;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU time of processes, all threads of theirs, user and system: what the operating system has written down, to a
 * hundredth of a second on Linux.
 */
public final class Cpu {
    private final List<Root> roots;

    /** A process, by itself or with those that it has started. */
    private record Root(ProcessHandle process, Extent extent) {
        Stream<ProcessHandle> processes() {
            return switch (extent) {
                case ALONE -> Stream.of(process);
                case WITH_CHILDREN -> Stream.concat(Stream.of(process), process.descendants());
            };
        }
    }

    private enum Extent {
        ALONE,
        WITH_CHILDREN
    }

    private Cpu(List<Root> roots) {
        this.roots = roots;
    }

    public static Cpu of(ProcessHandle root) {
        return new Cpu(List.of(new Root(root, Extent.WITH_CHILDREN)));
    }

    public static Cpu ofThisProcess() {
        return new Cpu(List.of(new Root(ProcessHandle.current(), Extent.ALONE)));
    }

    public static Cpu ofNothing() {
        return new Cpu(List.of());
    }

    public Cpu and(Cpu other) {
        return new Cpu(Stream.concat(roots.stream(), other.roots.stream()).toList());
    }

    /** Since they began. Fails where the system does not tell, rather than to measure nothing. */
    public Duration used() {
        return roots.stream().flatMap(Root::processes).map(Cpu::used).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseGet(() -> {
            if (process.isAlive()) {
                throw new IllegalStateException("the CPU time of process " + process.pid() + " cannot be read");
            }
            return Duration.ZERO;
        });
    }
}
