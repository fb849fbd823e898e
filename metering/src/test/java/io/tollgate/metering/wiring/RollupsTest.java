package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.ledger.Books.AccountBooks;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.UsageDetail;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollupsTest {

    private static final int ROUNDS = 6;
    private static final int CALLS_PER_ROUND = 60;

    /** Every key of these accounts with another sum in one table than in the other. */
    private static final String DISAGREEMENTS = """
            SELECT count(*) FROM (
                SELECT account, date_bin('15 minutes', born, 'epoch') AS slot,
                       left(coalesce(route, ''), 128) AS route, left(coalesce(model, ''), 128) AS model,
                       left(coalesce(api_key, ''), 128) AS api_key,
                       count(*) FILTER (WHERE kind IN ('SETTLED', 'CHARGED')) AS settled,
                       count(*) FILTER (WHERE kind IN ('RELEASED', 'EXPIRED')) AS given_back,
                       sum(charged_micros) AS charged_micros, sum(uncollected_micros) AS uncollected_micros,
                       sum(input_tokens) AS input_tokens, sum(cache_read_tokens) AS cache_read_tokens,
                       sum(cache_write_tokens) AS cache_write_tokens, sum(output_tokens) AS output_tokens,
                       sum(reasoning_tokens) AS reasoning_tokens
                  FROM (SELECT *, to_timestamp(
                                CAST(CAST('x' || left(replace(CAST(id AS text), '-', ''), 12) AS bit(48)) AS bigint) / 1000.0)
                               AS born FROM usage_event) events
                 GROUP BY 1, 2, 3, 4, 5
            ) e
            FULL JOIN usage_rollup r USING (account, slot, route, model, api_key, settled, given_back, charged_micros,
                 uncollected_micros, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens)
            WHERE account = ANY (CAST(:accounts AS text[])) AND (e.account IS NULL OR r.account IS NULL)
            """;

    private final Metering metering =
            Metering.start("tollgate.metering.flush.batch=40", "tollgate.metering.flush.partitions-at-once=16");

    @AfterAll
    void close() {
        metering.close();
    }

    static LongStream seeds() {
        return LongStream.generate(new Random()::nextLong).limit(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void equalTheEventsTheySumWhateverIsRepeatedOrLate(long seed) {
        Random random = new Random(seed);
        List<AccountId> accounts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            AccountId account = metering.open();
            metering.give(account, Credits.ofMicros(20_000), null);
            accounts.add(account);
        }
        try (Metering other =
                metering.beside("tollgate.metering.flush.batch=16", "tollgate.metering.flush.partitions-at-once=4")) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Mono<Void>> calls = new ArrayList<>();
                for (int i = 0; i < CALLS_PER_ROUND; i++) {
                    calls.add(call(accounts.get(random.nextInt(accounts.size())), random));
                }
                Flux.merge(Flux.fromIterable(calls), 8)
                        .thenMany(Flux.merge(
                                metering.flusher().sweep(), other.flusher().sweep()))
                        .blockLast();
                if (random.nextBoolean()) {
                    asOwner("UPDATE flush_cursor SET booked_number = marked_number WHERE booked_epoch = marked_epoch");
                }
            }
        }
        metering.flushAll();

        assertThat(metering.book().number("SELECT count(*) FROM quarantine")).isZero();
        assertThat(metering.book().number("SELECT count(*) FROM usage_event WHERE kind = 'CHARGED'"))
                .isPositive();
        assertThat(disagreements(accounts)).isZero();
        asOwner("UPDATE usage_rollup SET output_tokens = output_tokens + 1 WHERE account = '" + accounts.getFirst()
                + "'");
        assertThat(disagreements(accounts)).isPositive();
        for (AccountId account : accounts) {
            assertThat(got(metering.bean(Books.class).of(account)).agree()).isTrue();
        }
    }

    @Test
    void stayWhenTheirDayIsDropped() {
        AccountId account = metering.open();
        metering.give(account, Credits.ofMicros(1_000), null);
        got(metering.call(account, 100, 70));
        LocalDate old = LocalDate.now(ZoneOffset.UTC).minusDays(50);
        HoldId hold = HoldId.bornAt(
                old.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).toEpochMilli());
        asOwner("CREATE TABLE usage_event_%s PARTITION OF usage_event FOR VALUES FROM ('%s') TO ('%s')"
                .formatted(old.toString().replace("-", ""), old, old.plusDays(1)));
        chargeLate(account, hold, 30).block();
        metering.flushAll();
        AccountBooks before = got(metering.bean(Books.class).of(account));
        assertThat(events(account)).isEqualTo(2);

        got(metering.book()
                .client()
                .sql("SELECT usage_day_drop(:day)")
                .bind("day", old)
                .mapValue(Boolean.class)
                .one());

        assertThat(events(account)).isEqualTo(1);
        assertThat(got(metering.bean(Books.class).of(account))).isEqualTo(before);
        assertThat(before).isEqualTo(new AccountBooks(account, 900, 0, 1_000, 100, 0, 0, 0, 900, 2, 0));
    }

    @Test
    void ofAHoldMadeBeforeMidnightAndSettledAfterBelongToTheDayItWasMade() {
        AccountId account = metering.open();
        metering.give(account, Credits.ofMicros(1_000), null);
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        HoldId hold = HoldId.bornAt(
                yesterday.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli() - 1);

        chargeLate(account, hold, 30).block();
        metering.flushAll();

        assertThat(metering.book()
                        .number("SELECT count(*) FROM usage_event WHERE account = '" + account
                                + "' AND CAST(tableoid AS regclass) = CAST('usage_event_"
                                + yesterday.toString().replace("-", "") + "' AS regclass) AND day = '" + yesterday
                                + "' AND CAST(at AT TIME ZONE 'UTC' AS date) > day"))
                .isEqualTo(1);
        assertThat(metering.book()
                        .number("SELECT count(*) FROM usage_rollup WHERE account = '" + account + "' AND slot = '"
                                + yesterday + " 23:45Z'"))
                .isEqualTo(1);
    }

    private Mono<Void> call(AccountId account, Random random) {
        UsageDetail detail = new UsageDetail(
                "key-" + random.nextInt(2),
                random.nextInt(10) == 0 ? "" : "route-" + random.nextInt(2),
                "m".repeat(random.nextInt(3) == 0 ? 200 : 5),
                UsageDetail.Outcome.COMPLETED,
                new TokenUsage(
                        random.nextInt(50),
                        random.nextInt(50),
                        random.nextInt(5),
                        random.nextInt(50),
                        random.nextInt(5)),
                UsageDetail.CountedBy.UPSTREAM);
        long held = 1L + random.nextInt(100);
        Credits actual = Credits.ofMicros(random.nextInt(150));
        Overage overage = random.nextBoolean() ? Overage.CUT : Overage.DEBT;
        Ending ending =
                random.nextInt(4) == 0 ? new Ending.Release(detail) : new Ending.Settle(actual, overage, detail);
        if (random.nextInt(8) == 0) {
            long bornMillis = System.currentTimeMillis()
                    - Duration.ofHours(random.nextInt(30)).toMillis();
            return chargeLate(account, HoldId.bornAt(bornMillis), actual.micros());
        }
        boolean resent = random.nextInt(3) == 0;
        return metering.hold(account, held)
                .flatMapMany(hold ->
                        metering.reservations().end(account, hold, ending).repeat(resent ? 1 : 0))
                .onErrorComplete(ClassCastException.class) // refused: the credit is short
                .then();
    }

    private Mono<Void> chargeLate(AccountId account, HoldId hold, long micros) {
        Command charge = new Command.LateCharge(hold.toString(), Credits.ofMicros(micros), Metering.DETAIL.encode());
        return metering.bean(Commands.class)
                .issue(account, "late:" + hold, charge)
                .flatMap(metering.bean(Courier.class)::push)
                .then();
    }

    private long disagreements(List<AccountId> accounts) {
        return got(metering.book()
                .client()
                .sql(DISAGREEMENTS)
                .bind("accounts", accounts.stream().map(AccountId::value).toArray(String[]::new))
                .mapValue(Long.class)
                .one());
    }

    private long events(AccountId account) {
        return metering.book().number("SELECT count(*) FROM usage_event WHERE account = '" + account + "'");
    }

    private void asOwner(String sql) {
        metering.book().owner().sql(sql).then().block();
    }
}
