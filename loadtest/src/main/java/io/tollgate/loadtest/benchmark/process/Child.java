package io.tollgate.loadtest.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that the benchmark has started; its output goes to a file of its name. */
public final class Child implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String name;
    private final Process process;
    private final Path output;

    private Child(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "end of " + name));
    }

    /** Nothing of the terminal's variables that would set up a gateway otherwise goes with it. */
    public static Child start(String name, Path directory, List<String> command, Map<String, String> environment) {
        try {
            Path output = Files.createDirectories(directory).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment()
                    .keySet()
                    .removeIf(variable -> variable.matches("(TOLLGATE|SPRING|STRIPE|SERVER|JAVA_TOOL|JDK_JAVA).*"));
            builder.environment().putAll(environment);
            return new Child(name, builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Fails with its last words unless it runs. */
    public void demandAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    name + " has ended with status " + process.exitValue() + ":\n" + lastWords());
        }
    }

    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(output);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(" + output + " cannot be read)";
        }
    }

    /** In order if it can, within half a minute. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.destroy();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void kill() {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.toList().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }
}
