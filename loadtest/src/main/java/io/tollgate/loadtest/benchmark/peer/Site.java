package io.tollgate.loadtest.benchmark.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the peers run.
 *
 * @param project the project's directory, in which the peers' jars were built
 * @param directory for logs and settings of this run
 * @param running Postgres and Redis, where a peer needs them
 * @param jvmFlags for every gateway that is a JVM
 */
public record Site(
        Path project,
        Path directory,
        int upstreamPort,
        @Nullable Stores running,
        List<String> jvmFlags) {

    public Site {
        jvmFlags = List.copyOf(jvmFlags);
    }

    Stores stores() {
        if (running == null) {
            throw new IllegalStateException("there are no stores in this run");
        }
        return running;
    }

    /** With the JDK that runs the benchmark. */
    public static List<String> java(List<String> flags, String... rest) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(rest));
        return command;
    }

    /** A class of the benchmark itself, on its own class path. */
    public static List<String> ownClass(Class<?> program, List<String> flags, String... arguments) {
        List<String> command = java(flags, "-cp", System.getProperty("java.class.path"), program.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
