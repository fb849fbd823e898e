package io.tollgate.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** After each fault: nothing charged twice, nothing lost that a living gateway or a living Redis knew, nothing held, both stores at one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultRunsTest {

    /** Of calls, sent while something is broken: about a second of them. */
    private static final int A_WHILE = 40;

    private final Random seeds = new Random(Long.getLong("faults.seed", System.nanoTime()));
    private FaultyInstallation installation;

    @BeforeAll
    void start() {
        installation = FaultyInstallation.start();
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    @Nested
    class Redis {

        @Test
        void killedAndRestartedWithItsFile() {
            try (FaultRun run = run("Redis killed, back with its file")) {
                run.strikesRedis(installation.redis()::kill);
                run.load().awaitSent(A_WHILE);
                run.isMended(installation.redis()::start);

                assertNothingLost(run.findings());
            }
        }
    }

    @Nested
    class Postgres {

        @Test
        void killedAndRestarted() {
            try (FaultRun run = run("Postgres killed, back")) {
                run.strikes(installation.postgres()::kill);
                run.load().awaitSent(A_WHILE);
                run.isMended(installation.postgres()::start);

                Findings findings = run.findings();
                assertNothingLost(findings);
                assertThat(findings.calls()).as("calls go on").noneMatch(ClientCall::isRefusedByFault);
                assertThat(run.epochs()).as("epochs opened").isZero();
            }
        }
    }

    @Nested
    class Gateway {

        private static final int KILLED = 1;

        @Test
        void killedWhileTheOtherGoesOn() {
            try (FaultRun run = run("one of two gateways killed")) {
                run.strikes(() -> installation.kill(KILLED));
                long dead = System.nanoTime();
                run.isMended(() -> {});
                Findings findings = run.findings(List.of(1 - KILLED));
                installation.restart(KILLED);

                assertThat(findings.offences()).isEmpty();
                // An answer leaves beside its settle: what was answered in the last moment may have been on its way to
                // Redis.
                assertThat(findings.lost())
                        .allMatch(call -> call.gateway() == KILLED)
                        .allMatch(call -> dead - call.endedNanos()
                                < Duration.ofMillis(500).toNanos());
                assertThat(run.epochs()).as("epochs opened").isZero();
            }
        }
    }

    @Nested
    class Connections {

        @Test
        void cutAgainAndAgain() {
            try (FaultRun run = run("connections cut")) {
                run.strikes(() -> {
                    for (int cut = 0; cut < 6; cut++) {
                        installation.redisWire().cut();
                        installation.postgresWire().cut();
                        run.load().awaitSent(A_WHILE / 4);
                    }
                });
                run.isMended(() -> {});

                assertNothingLost(run.findings());
                assertThat(run.epochs()).as("epochs opened").isZero();
            }
        }

        @Test
        void slow() {
            try (FaultRun run = run("connections slow")) {
                run.strikes(() -> {
                    installation.redisWire().delay(Duration.ofMillis(100));
                    installation.postgresWire().delay(Duration.ofMillis(100));
                });
                run.load().awaitSent(2 * A_WHILE);
                run.isMended(this::flow);

                assertNothingLost(run.findings());
                assertThat(run.epochs()).as("epochs opened").isZero();
            }
        }

        @Test
        void slowerThanAnybodyWaits() {
            try (FaultRun run = run("Redis answers after its timeout")) {
                run.strikes(() -> installation.redisWire().delay(Duration.ofMillis(1_300)));
                run.load().awaitSent(4 * A_WHILE);
                run.isMended(this::flow);

                Findings findings = run.findings();
                assertNothingLost(findings);
                assertThat(findings.calls()).as("it was too slow").anyMatch(ClientCall::isRefusedByFault);
                assertThat(run.epochs()).as("epochs opened").isZero();
            }
        }

        private void flow() {
            installation.redisWire().flow();
            installation.postgresWire().flow();
        }
    }

    private FaultRun run(String name) {
        return FaultRun.start(installation, name, seeds.nextLong());
    }

    private static void assertNothingLost(Findings findings) {
        assertThat(findings.offences()).isEmpty();
        assertThat(findings.lost()).as("answered, but never charged").isEmpty();
    }
}
