package io.tollgate.metering.benchmark;

import static io.tollgate.metering.benchmark.Surroundings.say;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.BookOfRecord;
import io.tollgate.metering.wiring.Metering;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Events per second from Redis' streams into Postgres, with balances, lots, ledger and rollups, beside a bare COPY of the same usage
 * rows into a table of the same shape and indexes.
 *
 * <p>Arguments: events a round, rounds, accounts.
 */
final class FlusherBenchmark {

    private static final int LANES = 128;
    private static final int WARM_UP = 3;
    private static final int OPENED_AT_ONCE = 8;

    private FlusherBenchmark() {}

    public static void main(String[] arguments) throws SQLException {
        int events = argument(arguments, 0, 100_000);
        int rounds = argument(arguments, 1, 7);
        int accounts = argument(arguments, 2, 1_000);
        try (Metering metering = Metering.start("tollgate.metering.partitions=256");
                Surroundings surroundings = new Surroundings(metering);
                BareCopy copy = new BareCopy(metering.book().place())) {
            surroundings.print();
            say("set-up    %,d events a round, %,d accounts, 256 partitions, COPY in batches of %,d"
                    .formatted(events, accounts, BareCopy.BATCH));
            Load load = new Load(metering, open(metering, accounts), LANES);
            for (int round = 0; round < WARM_UP; round++) {
                round(metering, surroundings, load, copy, events); // not counted: the JVM compiles
            }
            List<Double> flushed = new ArrayList<>();
            List<Double> copied = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                double[] both = round(metering, surroundings, load, copy, events);
                flushed.add(both[0]);
                copied.add(both[1]);
                ratios.add(both[0] / both[1]);
            }
            say("flusher events/s  %s".formatted(Spread.of(flushed)));
            say("bare COPY rows/s  %s".formatted(Spread.of(copied)));
            say("ratio             %s".formatted(Spread.of(ratios)));
        }
        System.exit(0);
    }

    private static double[] round(Metering metering, Surroundings surroundings, Load load, BareCopy copy, int events)
            throws SQLException {
        Instant from = Instant.now();
        int made = load.calls(events);
        double cpu = surroundings.clientCpuMicros();
        long start = System.nanoTime();
        metering.flushAll();
        double flushed = perSecond(made, System.nanoTime() - start);
        double cpuEach = (surroundings.clientCpuMicros() - cpu) / made;
        BareCopy.Copied bare = copy.of(from);
        if (bare.rows() != made) {
            throw new IllegalStateException("booked only " + bare.rows() + " of " + made);
        }
        double copied = perSecond(bare.rows(), bare.nanos());
        say("  flusher %,.0f/s (JVM %.1f us CPU each), COPY %,.0f/s, ratio %.2f"
                .formatted(flushed, cpuEach, copied, flushed / copied));
        return new double[] {flushed, copied};
    }

    static List<AccountId> open(Metering metering, int count) {
        List<AccountId> accounts = BookOfRecord.got(Flux.range(0, count)
                .flatMap(
                        i -> Mono.fromCallable(() -> openOne(metering)).subscribeOn(Schedulers.boundedElastic()),
                        OPENED_AT_ONCE)
                .collectList());
        metering.flushAll();
        return accounts;
    }

    private static AccountId openOne(Metering metering) {
        AccountId account = metering.open();
        metering.give(account, Credits.of(1_000_000), new Money(1_000_000, "usd"));
        return account;
    }

    static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index].replace("_", "")) : otherwise;
    }

    private static double perSecond(long count, long nanos) {
        return count * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }
}
