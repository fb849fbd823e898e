package io.tollgate.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.stores.RedisFiles;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two things break, the second before the first is mended. */
@ExtendWith(SharedFaultyInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CombinedFaultsTest {

    private static final int A_WHILE = 40;
    private static final int A_MOMENT = 4;
    private static final int KILLED = 1;

    private final Random seeds = new Random(Long.getLong("faults.seed", System.nanoTime()));
    private final FaultyInstallation installation;

    CombinedFaultsTest(FaultyInstallation installation) {
        this.installation = installation;
    }

    /** What only the two knew is lost: what Redis acknowledged to the gateway and nobody had booked yet. */
    @Test
    void aGatewayAndTheLastSecondOfRedis() {
        try (FaultRun run = run("gateway killed, Redis back without its last second")) {
            run.mayLose(call -> call.gateway() == KILLED && run.wasOnTheWay(call));
            RedisFiles files = installation.redis().copyFiles();
            run.keepsWhatItHas();
            run.load().awaitSent(A_WHILE);
            run.strikesRedis(() -> {
                installation.redis().kill();
                installation.kill(KILLED);
            });
            run.isMended(() -> installation.redis().startFrom(files));

            assertNothingLost(run.findings(List.of(1 - KILLED)));
            assertThat(run.epochs()).as("epochs opened").isPositive();
        }
    }

    @Test
    void aGatewayThatRecoversWhatRedisLost() {
        try (FaultRun run = run("Redis back empty, gateway killed as it recovers")) {
            run.mayLose(call -> call.gateway() == KILLED);
            run.strikesRedis(installation.redis()::kill);
            run.load().awaitSent(A_MOMENT);
            run.isMended(installation.redis()::startEmpty);
            run.load().awaitSent(A_MOMENT);
            installation.kill(KILLED);

            assertNothingLost(run.findings(List.of(1 - KILLED)));
            assertThat(run.epochs()).as("epochs opened").isPositive();
        }
    }

    @Test
    void redisTwiceInQuickSuccession() {
        try (FaultRun run = run("Redis back without its last second, and empty at once after")) {
            RedisFiles files = installation.redis().copyFiles();
            run.keepsWhatItHas();
            run.load().awaitSent(A_WHILE);
            run.strikesRedis(installation.redis()::kill);
            installation.redis().startFrom(files);
            run.load().awaitSent(A_MOMENT);
            run.strikesRedis(installation.redis()::kill);
            run.isMended(installation.redis()::startEmpty);

            assertNothingLost(run.findings());
            assertThat(run.epochs()).as("epochs opened").isPositive();
        }
    }

    @Test
    void redisWhilePostgresIsAway() {
        try (FaultRun run = run("Redis back empty while Postgres is away")) {
            // Nothing is booked any more: what happens from here on only Redis and the gateways know.
            run.keepsWhatItHas();
            installation.postgres().kill();
            run.load().awaitSent(A_WHILE / 2);
            run.strikesRedis(installation.redis()::kill);
            installation.redis().startEmpty();
            long back = System.nanoTime();
            run.load().awaitSent(A_WHILE);
            long still = System.nanoTime();
            run.isMended(installation.postgres()::start);

            Findings findings = run.findings();
            assertNothingLost(findings);
            assertThat(findings.calls())
                    .as("nobody knows what credit there is")
                    .noneMatch(call -> call.isAnswered() && call.sentNanos() > back && call.endedNanos() < still);
            assertThat(run.epochs()).as("epochs opened").isPositive();
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
