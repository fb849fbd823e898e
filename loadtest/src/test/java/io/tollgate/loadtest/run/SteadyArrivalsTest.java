package io.tollgate.loadtest.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.loadtest.call.Call.Kind;
import io.tollgate.loadtest.fake.FakeInstallation;
import io.tollgate.loadtest.fake.FakeInstallation.Lie;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyArrivalsTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @Test
    void aSoundGatewayPasses() throws IOException {
        try (FakeInstallation sound = new FakeInstallation()) {
            Load load = Load.run(directory, sound.target(), 25, SHORT);

            assertThat(load.output()).contains("holds   told = charged").doesNotContain("BROKEN");
            assertThat(load.status()).isZero();
            assertThat(load.calls()).hasSize(50).extracting("kind").contains(Kind.PLAIN, Kind.STREAMED);
        }
    }

    @Test
    void aGatewayThatChargesMoreThanItTellsFailsTheRun() throws IOException {
        try (FakeInstallation lying = new FakeInstallation(Lie.CHARGES_MORE_THAN_TOLD)) {
            Load load = Load.run(directory, lying.target(), 5, SHORT);

            assertThat(load.output()).contains("BROKEN  told = charged", "call-0: told 0.000249, charged 0.000250");
            assertThat(load.status()).isNotZero();
        }
    }
}
