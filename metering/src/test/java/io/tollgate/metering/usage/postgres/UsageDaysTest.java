package io.tollgate.metering.usage.postgres;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.Connection;
import io.tollgate.metering.postgres.BookOfRecord;
import io.tollgate.metering.store.StoreUnavailableException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class UsageDaysTest {

    private static final int ROWS_AT_ONCE = 3;
    private static final int RETENTION_DAYS = 40;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final BookOfRecord book = BookOfRecord.fresh();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final UsageDays days = new UsageDays(
            book.client(),
            new DaySettings(
                    9,
                    Duration.ofDays(RETENTION_DAYS),
                    Duration.ofHours(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    ROWS_AT_ONCE),
            new DayMeter(meters));

    @AfterEach
    void close() {
        book.close();
    }

    @Nested
    class Creating {

        @Test
        void makesDaysReadyAheadOfTheirEvents() {
            days.keep().block();

            assertThat(meters.get("tollgate.usage.days.ahead").gauge().value()).isEqualTo(9);
            assertThat(meters.get("tollgate.usage.days.last.run").gauge().value())
                    .isPositive();
            assertThat(placeOf(event(today.minusDays(1)))).isEqualTo(name(today.minusDays(1)));
            assertThat(placeOf(event(today.plusDays(9)))).isEqualTo(name(today.plusDays(9)));
            assertThat(placeOf(event(today.plusDays(10)))).isEqualTo("usage_event_default");
        }

        @Test
        void happensOnceHoweverManyGatewaysLook() {
            asOwner("DROP TABLE " + name(today.plusDays(2)));

            Flux.range(0, 6).flatMap(i -> days.keep(), 6).blockLast();

            assertThat(meters.get("tollgate.usage.days.created").counter().count())
                    .isEqualTo(3);
            assertThat(meters.get("tollgate.usage.days.failures").counter().count())
                    .isZero();
        }

        @Test
        void takesAlongWhatTheDefaultPartitionGotMeanwhile() {
            LocalDate late = today.plusDays(1);
            asOwner("DROP TABLE " + name(late));
            UUID first = event(late);
            UUID second = event(late);

            days.keep().block();

            assertThat(placeOf(first)).isEqualTo(name(late));
            assertThat(placeOf(second)).isEqualTo(name(late));
            assertThat(rows("usage_event")).isEqualTo(2);
        }

        @Test
        void leavesADayToTheDefaultPartitionThatHasTooManyOfItsEvents() {
            LocalDate late = today.plusDays(1);
            asOwner("DROP TABLE " + name(late));
            for (int i = 0; i <= ROWS_AT_ONCE; i++) {
                event(late);
            }

            days.keep().block();

            assertThat(meters.get("tollgate.usage.days.left.in.default").gauge().value())
                    .isEqualTo(1);
            assertThat(meters.get("tollgate.usage.days.ahead").gauge().value()).isZero();
            assertThat(rows("usage_event_default")).isEqualTo(ROWS_AT_ONCE + 1L);
            assertThat(placeOf(event(today.plusDays(9)))).isEqualTo(name(today.plusDays(9)));
        }

        @Test
        void isTriedAgainWhereALockCouldNotBeHad() {
            LocalDate late = today.plusDays(1);
            asOwner("DROP TABLE " + name(late));
            Mono<Void> whileRead = Mono.usingWhen(
                    book.owner().getConnectionFactory().create(),
                    connection -> reading(connection).then(days.keep()),
                    Connection::close);

            assertThatThrownBy(whileRead::block).isInstanceOf(StoreUnavailableException.class);
            assertThat(meters.get("tollgate.usage.days.failures").counter().count())
                    .isEqualTo(1);

            days.keep().block();
            assertThat(placeOf(event(late))).isEqualTo(name(late));
        }

        private Mono<Long> reading(Connection connection) {
            return Mono.from(connection.beginTransaction())
                    .thenMany(connection
                            .createStatement("LOCK TABLE usage_event_default IN ACCESS SHARE MODE")
                            .execute())
                    .flatMap(result -> result.getRowsUpdated())
                    .then(Mono.just(0L));
        }
    }

    @Nested
    class Dropping {

        @Test
        void takesWhatIsPastItsRetentionAndNothingElse() {
            LocalDate gone = today.minusDays(RETENTION_DAYS + 1);
            LocalDate kept = today.minusDays(RETENTION_DAYS);
            partition(gone);
            partition(kept);
            event(gone);
            UUID stays = event(kept);

            days.keep().block();

            assertThat(rows("usage_event")).isEqualTo(1);
            assertThat(placeOf(stays)).isEqualTo(name(kept));
            assertThat(meters.get("tollgate.usage.days.dropped").counter().count())
                    .isEqualTo(1);
        }

        @Test
        void reachesOldEventsWithoutADayOfTheirOwn() {
            for (int i = 0; i <= ROWS_AT_ONCE; i++) {
                event(today.minusDays(RETENTION_DAYS + 1));
            }
            event(today.minusDays(RETENTION_DAYS));

            days.keep().block();
            assertThat(rows("usage_event_default")).isEqualTo(2);
            days.keep().block();

            assertThat(rows("usage_event_default")).isEqualTo(1);
        }

        @Test
        void sparesAnEventOfTodayWhoseIdComesFromAClockGoneWrong() {
            UUID odd = event(LocalDate.EPOCH.plusDays(3), today);

            days.keep().block();

            assertThat(placeOf(odd)).isEqualTo("usage_event_default");
        }
    }

    @Nested
    class TheApplicationsRights {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CREATE TABLE mine (x integer)",
                    "DROP TABLE usage_event_default",
                    "ALTER TABLE usage_event DETACH PARTITION usage_event_default",
                    "UPDATE usage_rollup SET account = 'other'",
                    "DELETE FROM usage_rollup"
                })
        void doNotReachTables(String statement) {
            assertThatThrownBy(() -> book.client().sql(statement).then().block())
                    .rootCause()
                    .hasMessageMatching(".*(permission denied|must be owner).*");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "usage_day_create(current_date + 62, 1) | out of what is created",
                    "usage_day_create(current_date - 3, 1)  | out of what is created",
                    "usage_day_create(NULL, 1)              | out of what is created",
                    "usage_day_create(current_date, NULL)   | rows to move",
                    "usage_day_create(current_date, 1000001) | rows to move",
                    "usage_day_drop(current_date - 28)      | too young",
                    "usage_day_drop(NULL)                   | too young",
                    "usage_default_forget(current_date - 28, 1)  | too young",
                    "usage_default_forget(NULL, 1)               | too young",
                    "usage_default_forget(current_date - 40, 0)  | rows to remove"
                })
        void endWhereTheFunctionsSaySo(String call, String told) {
            assertThatThrownBy(() -> book.client().sql("SELECT " + call).then().block())
                    .rootCause()
                    .hasMessageContaining(told);
        }

        @Test
        void areLentOnlyByFunctionsThatLookNamesUpInAFixedPlace() {
            assertThat(book.number("SELECT count(*) FROM pg_proc WHERE proname LIKE 'usage\\_%' AND prosecdef"))
                    .isEqualTo(3);
            assertThat(book.number("SELECT count(*) FROM pg_proc WHERE prosecdef"
                            + " AND 'search_path=public, pg_temp' = ANY (proconfig)"))
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 400, 1", "61, 400, 1", "7, 30, 1", "7, 36501, 1", "7, 400, 0", "7, 400, 1000001"})
    void settingsHaveBounds(int ahead, int retention, int rows) {
        Duration hour = Duration.ofHours(1);

        assertThatThrownBy(() -> new DaySettings(ahead, Duration.ofDays(retention), hour, hour, hour, rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tollgate.metering.usage: ");
    }

    private void partition(LocalDate day) {
        asOwner("CREATE TABLE %s PARTITION OF usage_event FOR VALUES FROM ('%s') TO ('%s')"
                .formatted(name(day), day, day.plusDays(1)));
    }

    private UUID event(LocalDate day) {
        return event(day, day);
    }

    private UUID event(LocalDate day, LocalDate at) {
        UUID id = UUID.randomUUID();
        book.client()
                .sql("""
                        INSERT INTO usage_event (day, id, kind, account, at, held_micros, charged_micros, uncollected_micros,
                               debt_change_micros, posted_after_micros, lots, partition, epoch, number,
                               input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens)
                        VALUES (:day, :id, 'SETTLED', 'a', :at, 1, 1, 0, 0, 0, '', 0, 1, 1, 0, 0, 0, 0, 0)""")
                .bind("day", day)
                .bind("id", id)
                .bind("at", at.atTime(12, 0).atOffset(ZoneOffset.UTC))
                .then()
                .block();
        return id;
    }

    private String placeOf(UUID event) {
        return got(book.client()
                .sql("SELECT CAST(CAST(tableoid AS regclass) AS text) FROM usage_event WHERE id = :id")
                .bind("id", event)
                .mapValue(String.class)
                .one());
    }

    private long rows(String table) {
        return got(book.owner()
                .sql("SELECT count(*) FROM " + table)
                .mapValue(Long.class)
                .one());
    }

    private static String name(LocalDate day) {
        return "usage_event_" + day.toString().replace("-", "");
    }

    private void asOwner(String sql) {
        book.owner().sql(sql).then().block();
    }
}
