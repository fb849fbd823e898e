package io.tollgate.loadtest.benchmark.process;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU time of processes with their children, all threads of theirs, user and system: what the operating system has
 * written down, to a hundredth of a second on Linux.
 */
public record Cpu(List<ProcessHandle> roots) {

    public Cpu {
        roots = List.copyOf(roots);
    }

    public static Cpu of(ProcessHandle root) {
        return new Cpu(List.of(root));
    }

    public static Cpu ofNothing() {
        return new Cpu(List.of());
    }

    /** Since they began. Fails where the system does not tell, rather than to measure nothing. */
    public Duration used() {
        return roots.stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .map(Cpu::used)
                .reduce(Duration.ZERO, Duration::plus);
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
