package io.tollgate.sandbox.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnprivilegedTest {
    @ParameterizedTest
    @EnumSource(names = {"USER_NAMESPACE", "NOBODY"})
    void postgresRunsForRoot(Unprivileged way) throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assumeThat(ShellCommand.succeeds(way.command(List.of("true")))).isTrue();
        Path directory = Files.createTempDirectory("unprivileged");
        PostgresProgram postgres = new PostgresProgram(
                Binaries.postgres(), directory.resolve("data"), new Login("postgres", Passwords.random()), way);

        try (EmbeddedServer server = EmbeddedServer.start(postgres, directory.resolve("log"), 0)) {
            assertThat(postgres.answers(server.port())).isTrue();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
