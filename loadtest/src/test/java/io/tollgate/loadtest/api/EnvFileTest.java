package io.tollgate.loadtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    Path directory;

    @Test
    void readsWhatAShellWouldRead() throws IOException {
        Path file = Files.writeString(directory.resolve("sandbox.env"), """
                AI_URL=http://localhost:9090
                TOLLGATE_ADMIN_TOKEN='it'\\''s = secret'
                """);

        assertThat(EnvFile.read(file))
                .containsEntry("AI_URL", "http://localhost:9090")
                .containsEntry("TOLLGATE_ADMIN_TOKEN", "it's = secret");
    }

    @Test
    void aTargetSaysWhatItIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.from(Map.of("TOLLGATE_URL", "http://localhost:8080")))
                .withMessageContaining("TOLLGATE_ADMIN_TOKEN");
    }

    @Test
    void aTargetKeepsItsTokenToItself() {
        URI uri = URI.create("http://localhost:8080");

        assertThat(new Target(uri, "secret", uri)).asString().doesNotContain("secret");
    }
}
