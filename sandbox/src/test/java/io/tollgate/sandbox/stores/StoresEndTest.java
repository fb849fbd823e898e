package io.tollgate.sandbox.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a JVM ends, its stores end with it. */
@Timeout(120)
class StoresEndTest {
    private Process jvm;
    private Path directory;
    private List<ProcessHandle> servers;

    @BeforeEach
    void start() throws IOException {
        jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoresUntilKilled.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8);
        directory = Path.of(Objects.requireNonNull(output.readLine()));
        servers = servers();
    }

    @AfterEach
    void stop() {
        jvm.destroyForcibly();
    }

    @Test
    void whenItIsKilled() throws InterruptedException {
        assertThat(servers).hasSize(2).allMatch(ProcessHandle::isAlive);

        jvm.destroyForcibly().waitFor();

        awaitTheEnd();
    }

    @Test
    void whenItIsInterrupted() throws InterruptedException {
        jvm.destroy();
        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();

        awaitTheEnd();
    }

    private void awaitTheEnd() {
        while (servers.stream().anyMatch(ProcessHandle::isAlive) || Files.exists(directory)) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private List<ProcessHandle> servers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> pids =
                    files.filter(file -> file.toString().endsWith(".pid")).toList();
            return pids.stream().map(StoresEndTest::server).toList();
        }
    }

    private static ProcessHandle server(Path pidFile) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
