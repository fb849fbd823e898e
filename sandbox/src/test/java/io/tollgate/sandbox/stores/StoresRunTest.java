package io.tollgate.sandbox.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StoresRunTest {
    @TempDir
    Path directory;

    @Test
    void saysWhereItsStoresAreAndEndsWithItsInput() throws IOException, InterruptedException {
        Path facts = directory.resolve("stores.env");
        Process run = start(facts);
        try {
            String redis = awaited(facts, run)
                    .lines()
                    .filter(line -> line.startsWith("REDIS_URL="))
                    .findFirst()
                    .orElseThrow();
            List<ProcessHandle> servers = run.descendants().toList();

            assertThat(Files.getPosixFilePermissions(facts)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(servers).isNotEmpty();
            URI uri = URI.create(redis.substring("REDIS_URL=".length()));
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                assertThat(socket.isConnected()).isTrue();
            }

            run.getOutputStream().close();

            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            assertThat(facts).doesNotExist();
        } finally {
            run.destroyForcibly();
        }
    }

    private Process start(Path facts) throws IOException {
        ProcessBuilder run = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoresRun.class.getName(),
                        facts.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "output"));
        run.environment().put(StoreSettings.BACKEND, "embedded");
        return run.start();
    }

    private static String awaited(Path facts, Process run) throws IOException {
        while (!Files.exists(facts)) {
            assertThat(run.isAlive()).isTrue();
            LockSupport.parkNanos(10_000_000);
        }
        return Files.readString(facts);
    }
}
