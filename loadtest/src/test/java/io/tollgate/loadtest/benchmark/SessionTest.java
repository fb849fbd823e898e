package io.tollgate.loadtest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tollgate.loadtest.benchmark.burning.Burning;
import io.tollgate.loadtest.benchmark.burning.BurningGateway.Fault;
import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.peer.Peers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run in small: real processes, real streams, one short round. */
class SessionTest {
    private static final List<Scenario> THREE = List.of(Scenario.LIGHT, Scenario.LIVE, Scenario.BURST);

    @TempDir
    Path directory;

    @Test
    void measuresCallsAndStreamsThroughAProxy() {
        List<Peer> peers = Peers.named(List.of("direct", "bare-proxy"));
        try (Session session = Session.open(options(peers, THREE, 20), directory)) {
            List<Long> told = new ArrayList<>();
            session.measure(measured -> told.add(measured.csv().lines().count()));

            assertThat(told).containsExactly(7L, 7L);
            assertThatNoException().isThrownBy(session::demandSoundness);
            assertThat(session.csv().lines()).hasSize(1 + THREE.size() * peers.size());
            assertThat(session.summary().markdown())
                    .contains("| direct |", "| bare-proxy |", "**processes**", "Books: none");
        }
    }

    @Test
    void failsWhereAPeerHasFailedCalls() {
        List<Peer> peers = new ArrayList<>(Peers.named(List.of("direct")));
        peers.add(new Burning(100, 0, Fault.REFUSES));
        try (Session session = Session.open(options(peers, List.of(Scenario.JSON_8), 0), directory)) {
            session.measure(measured -> {});

            assertThatExceptionOfType(UnsoundException.class)
                    .isThrownBy(session::demandSoundness)
                    .withMessageContaining("burning-100 has failed");
        }
    }

    private Options options(List<Peer> peers, List<Scenario> scenarios, int streams) {
        Duration shortest = Duration.ofMillis(200);
        return new Options(
                directory,
                peers,
                scenarios,
                1,
                shortest,
                shortest,
                streams,
                3,
                List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
    }
}
