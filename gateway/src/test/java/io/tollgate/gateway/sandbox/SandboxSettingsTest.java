package io.tollgate.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.gateway.sandbox.SandboxSettings.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxSettingsTest {

    @Test
    void withoutSettingsEverythingIsOursOnItsUsualPort() {
        SandboxSettings settings = SandboxSettings.from(Surroundings.of(Map.of()));

        assertThat(settings.gatewayPort()).isEqualTo(8080);
        assertThat(settings.stripeKey()).isNull();
        assertThat(settings.upstreamUrl()).isNull();
        assertThat(settings.redis()).isEqualTo(Origin.OURS);
        assertThat(settings.postgres()).isEqualTo(Origin.OURS);
    }

    @Test
    void springsOwnSettingsMakeAStoreTheirs() {
        assertThat(SandboxSettings.from(Surroundings.of(Map.of("SPRING_DATA_REDIS_HOST", "cache")))
                        .redis())
                .isEqualTo(Origin.THEIRS);
        assertThat(SandboxSettings.from(Surroundings.of(Map.of("spring.r2dbc.url", "r2dbc:postgresql://db/t")))
                        .postgres())
                .isEqualTo(Origin.THEIRS);
    }

    @Test
    void whatIsNoPortIsToldByTheNameOfItsSetting() {
        assertThatThrownBy(() -> SandboxSettings.from(Surroundings.of(Map.of("TOLLGATE_PORT", "80a"))))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("TOLLGATE_PORT")
                .hasMessageContaining("80a");
    }

    @Test
    void aTakenPortIsToldInOneLineWithTheSettingThatMovesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "the gateway", "TOLLGATE_PORT"))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is taken")
                    .hasMessageContaining("TOLLGATE_PORT")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void theFileOfFactsIsForItsOwnerAndSafeToSource(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("target/sandbox.env");
        EnvFile file = new EnvFile(path);

        file.write(Map.of("A_URL", "http://localhost:1/x?y=1&z='"));

        assertThat(path).hasContent("A_URL='http://localhost:1/x?y=1&z='\\'''");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        file.remove();
        assertThat(path).doesNotExist();
    }
}
