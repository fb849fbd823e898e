package io.tollgate.metering.benchmark;

import static io.tollgate.metering.benchmark.Surroundings.say;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.wiring.Metering;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hold and end through the real adapter: calls per second, CPU of Redis and of this JVM per call, with few accounts and with many, and
 * what an idle account and an open hold take in Redis.
 *
 * <p>Arguments: calls a round, rounds, many accounts.
 */
final class ReservationsBenchmark {

    private static final int LANES = 64;
    private static final int FEW = 1_000;
    private static final int HOLDS = 100_000;
    private static final int SEEDS_AT_ONCE = 256;

    private final Metering metering;
    private final Surroundings surroundings;
    private final int calls;
    private final int rounds;
    private int seeded;

    private ReservationsBenchmark(Metering metering, Surroundings surroundings, int calls, int rounds) {
        this.metering = metering;
        this.surroundings = surroundings;
        this.calls = calls;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) {
        int calls = FlusherBenchmark.argument(arguments, 0, 200_000);
        int rounds = FlusherBenchmark.argument(arguments, 1, 7);
        int many = FlusherBenchmark.argument(arguments, 2, 1_000_000);
        try (Metering metering = Metering.start("tollgate.metering.partitions=256");
                Surroundings surroundings = new Surroundings(metering)) {
            surroundings.print();
            say(
                    "set-up    %,d calls a round (a hold and its settle each), %d at once, 256 partitions, one lot an account"
                            .formatted(calls, LANES));
            new ReservationsBenchmark(metering, surroundings, calls, rounds).run(many);
            surroundings.emptyRedis(); // or the flusher would look for the accounts in the book when it shuts down
        }
        System.exit(0);
    }

    private void run(int many) {
        seed(FEW);
        Load few = load(FEW);
        few.calls(calls); // not counted: the JVM compiles
        Figures withFew = measure(FEW, few);
        weighAccounts();
        weighHolds(few);
        seed(many);
        Load all = load(many);
        Figures withMany = measure(many, all);
        say("with many, x few: calls/s %.3f, Redis CPU %.3f, JVM CPU %.3f"
                .formatted(
                        withMany.perSecond() / withFew.perSecond(),
                        withMany.redisMicros() / withFew.redisMicros(),
                        withMany.clientMicros() / withFew.clientMicros()));
    }

    private record Figures(double perSecond, double redisMicros, double clientMicros) {}

    private Figures measure(int accounts, Load load) {
        List<Double> perSecond = new ArrayList<>();
        List<Double> redis = new ArrayList<>();
        List<Double> client = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double redisBefore = surroundings.redisCpuMicros();
            double clientBefore = surroundings.clientCpuMicros();
            long start = System.nanoTime();
            int made = load.calls(calls);
            perSecond.add(made * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start));
            redis.add((surroundings.redisCpuMicros() - redisBefore) / made);
            client.add((surroundings.clientCpuMicros() - clientBefore) / made);
        }
        say("%,d accounts".formatted(accounts));
        say("  calls/s            %s".formatted(Spread.of(perSecond)));
        say("  Redis CPU us/call  %s".formatted(Spread.of(redis)));
        say("  JVM CPU us/call    %s".formatted(Spread.of(client)));
        return new Figures(
                Spread.of(perSecond).median(),
                Spread.of(redis).median(),
                Spread.of(client).median());
    }

    private void weighAccounts() {
        double before = surroundings.redisBytes();
        int from = seeded;
        seed(from + HOLDS);
        say("an idle account with one lot: %.0f bytes of Redis (used_memory over %,d), %d by MEMORY USAGE"
                .formatted(
                        (surroundings.redisBytes() - before) / HOLDS, HOLDS, surroundings.bytesOf(key(account(from)))));
    }

    private void weighHolds(Load load) {
        double before = surroundings.redisBytes();
        int made = load.holds(HOLDS);
        say("an open hold: %.0f bytes of Redis (used_memory over %,d), its deadline included"
                .formatted((surroundings.redisBytes() - before) / made, made));
    }

    private String key(AccountId account) {
        return "{tg:" + metering.partitions().of(account).number() + "}:account:" + account;
    }

    private Load load(int accounts) {
        return new Load(metering, accounts(0, accounts).toList(), LANES);
    }

    /** Straight into the live store: that they are in no book matters only to the flusher, which sleeps. */
    private void seed(int count) {
        Flux.fromStream(accounts(seeded, count))
                .flatMap(this::seed, SEEDS_AT_ONCE)
                .blockLast();
        seeded = Math.max(seeded, count);
    }

    private Mono<?> seed(AccountId account) {
        Lot lot = new Lot(1, Credits.of(1_000_000), 0, Lot.NEVER);
        LiveAccounts live = metering.live();
        Mono<Void> known = metering.bean(Epochs.class)
                                .of(metering.partitions().of(account))
                                .epoch()
                        > 0
                ? Mono.empty()
                : live.read(account).then();
        return known.then(Mono.defer(() -> live.seed(
                new AccountSnapshot(account, AccountState.ACTIVE, List.of(lot), 0, 0, 0, ""),
                metering.bean(Epochs.class)
                        .of(metering.partitions().of(account))
                        .epoch())));
    }

    private static Stream<AccountId> accounts(int from, int to) {
        return IntStream.range(from, Math.max(from, to)).mapToObj(ReservationsBenchmark::account);
    }

    private static AccountId account(int number) {
        return new AccountId("benchmark-%07d".formatted(number));
    }
}
