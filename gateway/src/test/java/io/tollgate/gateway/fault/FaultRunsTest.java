package io.tollgate.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.stores.FaultProxy;
import io.tollgate.sandbox.stores.RedisFiles;
import io.tollgate.sandbox.stores.RedisStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** After each fault: nothing charged twice, nothing lost that a living gateway or a living Redis knew, nothing held, both stores at one. */
@ExtendWith(SharedFaultyInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultRunsTest {

    /** Of calls, sent while something is broken: about a second of them. */
    private static final int A_WHILE = 40;

    private final Random seeds = new Random(Long.getLong("faults.seed", System.nanoTime()));
    private final FaultyInstallation installation;

    FaultRunsTest(FaultyInstallation installation) {
        this.installation = installation;
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

        @Test
        void killedAndRestartedWithoutTheLastSecondOfItsFile() {
            try (FaultRun run = run("Redis killed, back without its last second")) {
                RedisFiles files = installation.redis().copyFiles();
                run.keepsWhatItHas();
                run.load().awaitSent(A_WHILE);
                run.strikesRedis(installation.redis()::kill);
                run.load().awaitSent(A_WHILE);
                run.isMended(() -> installation.redis().startFrom(files));

                assertNothingLost(run.findings());
                assertThat(run.epochs()).as("epochs opened").isPositive();
            }
        }

        @Test
        void killedAndRestartedEmpty() {
            try (FaultRun run = run("Redis killed, back empty")) {
                run.strikesRedis(installation.redis()::kill);
                run.load().awaitSent(A_WHILE);
                run.isMended(installation.redis()::startEmpty);

                assertNothingLost(run.findings());
                assertThat(run.epochs()).as("epochs opened").isPositive();
            }
        }

        @Test
        void replacedByAReplicaWithoutTheTail() {
            RedisStore replica = installation.startReplica();
            try (FaultProxy replication = FaultProxy.to(
                            installation.redis().host(), installation.redis().port());
                    FaultRun run = run("replica promoted without the tail")) {
                replica.follow(replication.host(), replication.port());
                run.load().awaitSent(A_WHILE);
                replication.refuse();
                replication.cut();
                run.keepsWhatItHas();
                run.load().awaitSent(A_WHILE);
                run.strikesRedis(installation.redis()::kill);
                run.isMended(() -> {
                    replica.promote();
                    installation.failOverTo(replica);
                });

                assertNothingLost(run.findings());
                assertThat(run.epochs()).as("epochs opened").isPositive();
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
                // An answer leaves beside its settle: what was answered in the last moment may have been on its way to
                // Redis.
                run.mayLose(call -> call.gateway() == KILLED && run.wasOnTheWay(call));
                run.strikes(() -> installation.kill(KILLED));
                run.isMended(() -> {});

                assertNothingLost(run.findings(List.of(1 - KILLED)));
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
        assertThat(findings.lostBeyondTheWindow())
                .as("answered, but never charged")
                .isEmpty();
    }
}
