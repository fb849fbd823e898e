package io.tollgate.loadtest.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.loadtest.call.Call.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole product, as a newcomer starts it, under a modest load. */
class SandboxUnderLoadTest {
    private static final int CALLS_PER_SECOND = 50;
    private static final Duration DURATION = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void losesNothingAndLeavesNothingBehind() {
        try (Sandbox sandbox = Sandbox.start(directory)) {
            Load load = Load.run(directory, sandbox.target(), CALLS_PER_SECOND, DURATION);

            assertThat(load.output()).contains("holds   told = charged").doesNotContain("BROKEN");
            assertThat(load.status()).as(load.output()).isZero();
            assertThat(load.calls())
                    .hasSize((int) (CALLS_PER_SECOND * DURATION.toSeconds()))
                    .extracting("kind")
                    .contains(Kind.PLAIN, Kind.STREAMED);

            sandbox.stop();

            assertThat(sandbox.processesLeft()).isEmpty();
            assertThat(sandbox.filesLeft()).isEmpty();
        }
    }
}
