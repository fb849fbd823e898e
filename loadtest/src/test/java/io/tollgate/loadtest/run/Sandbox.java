package io.tollgate.loadtest.run;

import io.tollgate.loadtest.api.EnvFile;
import io.tollgate.loadtest.api.Target;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The sandbox run of the gateway module as a process of its own, on free ports, with temporary files of its own. */
final class Sandbox implements AutoCloseable {
    private static final Path GATEWAY =
            Path.of("..", "gateway", "target").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Child child;
    private final Path directory;
    private final List<ProcessHandle> processes;

    private Sandbox(Child child, Path directory) {
        this.child = child;
        this.directory = directory;
        awaitFacts();
        this.processes = child.process().descendants().toList();
    }

    static Sandbox start(Path directory) {
        Map<String, String> environment = Map.of(
                "TOLLGATE_PORT", "0",
                "TOLLGATE_AI_PORT", "0",
                "TOLLGATE_STRIPE_PORT", "0",
                "TOLLGATE_POSTGRES_PORT", "0",
                "TOLLGATE_REDIS_PORT", "0",
                "TOLLGATE_ENV_FILE", facts(directory).toString());
        List<String> arguments = List.of(
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary(directory),
                "-cp",
                classpath(),
                "io.tollgate.gateway.sandbox.SandboxRun");
        return new Sandbox(Child.java(directory, environment, arguments), directory);
    }

    Target target() {
        return Target.from(EnvFile.read(facts(directory)));
    }

    /** As Ctrl-C does; answers its exit status. */
    int stop() {
        child.process().destroy();
        return child.exit(Duration.ofMinutes(1));
    }

    String output() {
        return child.output();
    }

    List<ProcessHandle> processesLeft() {
        return processes.stream().filter(ProcessHandle::isAlive).toList();
    }

    List<String> filesLeft() {
        return List.of(temporary(directory).toFile().list());
    }

    @Override
    public void close() {
        processes.forEach(ProcessHandle::destroyForcibly);
        child.close();
    }

    private void awaitFacts() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(facts(directory))) {
            if (!child.process().isAlive() || System.nanoTime() > deadline) {
                child.close();
                throw new AssertionError("the sandbox did not start: " + child.output());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static String classpath() {
        Path list = GATEWAY.resolve("sandbox.classpath");
        if (!Files.exists(list)) {
            throw new AssertionError("the gateway is not built: mvn -pl gateway,loadtest -am verify");
        }
        return String.join(
                File.pathSeparator,
                GATEWAY.resolve("test-classes").toString(),
                GATEWAY.resolve("classes").toString(),
                read(list).strip());
    }

    private static Path facts(Path directory) {
        return directory.resolve("sandbox.env");
    }

    private static Path temporary(Path directory) {
        try {
            return Files.createDirectories(directory.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
