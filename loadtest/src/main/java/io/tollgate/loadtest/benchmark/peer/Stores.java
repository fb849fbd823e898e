package io.tollgate.loadtest.benchmark.peer;

import io.tollgate.loadtest.api.EnvFile;
import io.tollgate.loadtest.benchmark.process.Child;
import io.tollgate.loadtest.benchmark.process.Cpu;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A Postgres and a Redis of the run's own, by the sandbox, in processes of their own: the gateway module's build has left
 * a list of what is needed for that, since nothing of the product is on the benchmark's class path.
 */
public final class Stores implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Child child;
    private final Map<String, String> facts;

    private Stores(Child child, Map<String, String> facts) {
        this.child = child;
        this.facts = facts;
    }

    public static Stores start(Path project, Path directory) {
        Path file = directory.resolve("stores.env");
        Child child = Child.start(
                "stores",
                directory,
                Site.java(
                        List.of("-Xmx64m"),
                        "-cp",
                        classPath(project),
                        "io.tollgate.sandbox.stores.StoresRun",
                        file.toString()),
                Map.of("TOLLGATE_STORES", "embedded"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file)) {
            child.demandAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no stores after " + PATIENCE + ": " + child.lastWords());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return new Stores(child, EnvFile.read(file));
    }

    String redisUrl() {
        return fact("REDIS_URL");
    }

    Map<String, String> gatewayEnvironment() {
        return Map.of(
                "SPRING_R2DBC_URL", fact("POSTGRES_R2DBC_URL"),
                "SPRING_R2DBC_USERNAME", fact("POSTGRES_USER"),
                "SPRING_R2DBC_PASSWORD", fact("POSTGRES_PASSWORD"),
                "SPRING_FLYWAY_URL", fact("POSTGRES_JDBC_URL"),
                "SPRING_FLYWAY_USER", fact("POSTGRES_OWNER"),
                "SPRING_FLYWAY_PASSWORD", fact("POSTGRES_OWNER_PASSWORD"),
                "SPRING_DATA_REDIS_URL", redisUrl());
    }

    public Cpu redis() {
        return cpuOf("redis");
    }

    public Cpu postgres() {
        return cpuOf("postgres");
    }

    private Cpu cpuOf(String program) {
        try (Stream<ProcessHandle> descendants = child.handle().descendants()) {
            List<ProcessHandle> roots = descendants
                    .filter(process -> runs(process, program))
                    .filter(process -> process.parent().stream().noneMatch(parent -> runs(parent, program)))
                    .toList();
            if (roots.isEmpty()) {
                throw new IllegalStateException("there is no process of " + program);
            }
            return roots.stream().map(Cpu::of).reduce(Cpu.ofNothing(), Cpu::and);
        }
    }

    private static boolean runs(ProcessHandle process, String program) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith(program))
                .orElse(false);
    }

    private String fact(String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new IllegalStateException("the stores have not said " + name);
        }
        return value;
    }

    private static String classPath(Path project) {
        Path list = project.resolve("gateway/target/sandbox.classpath");
        try {
            return Files.readString(list).strip() + File.pathSeparator + project.resolve("sandbox/target/classes");
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway is not built: mvn -q -Ppeers -DskipTests package", e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
