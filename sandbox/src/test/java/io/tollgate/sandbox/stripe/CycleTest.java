package io.tollgate.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CycleTest {
    private static final Cycle MONTHLY = new Cycle(ChronoUnit.MONTHS, 1);

    @ParameterizedTest
    @CsvSource({
        "MONTHS, 1, 2027-01-31T10:00:00Z, 2027-01-31T10:00:00Z, 2027-02-28T10:00:00Z",
        "MONTHS, 1, 2027-01-31T10:00:00Z, 2027-02-28T10:00:00Z, 2027-03-31T10:00:00Z",
        "MONTHS, 1, 2027-01-31T10:00:00Z, 2027-02-28T09:59:59Z, 2027-02-28T10:00:00Z",
        "MONTHS, 1, 2028-01-30T00:00:00Z, 2028-01-30T00:00:00Z, 2028-02-29T00:00:00Z",
        "MONTHS, 3, 2027-11-30T00:00:00Z, 2027-11-30T00:00:00Z, 2028-02-29T00:00:00Z",
        "YEARS, 1, 2028-02-29T00:00:00Z, 2028-02-29T00:00:00Z, 2029-02-28T00:00:00Z",
        "YEARS, 1, 2028-02-29T00:00:00Z, 2031-02-28T00:00:00Z, 2032-02-29T00:00:00Z",
        "WEEKS, 2, 2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 2027-01-15T00:00:00Z",
        "DAYS, 1, 2027-03-28T00:00:00Z, 2027-03-28T00:00:00Z, 2027-03-29T00:00:00Z",
        "MONTHS, 1, 2027-03-15T00:00:00Z, 2027-02-20T00:00:00Z, 2027-03-15T00:00:00Z"
    })
    void fallsDueByTheCalendarOfItsAnchor(ChronoUnit unit, long count, Instant anchor, Instant moment, Instant due) {
        assertThat(new Cycle(unit, count).after(anchor.getEpochSecond(), moment.getEpochSecond()))
                .isEqualTo(due.getEpochSecond());
    }

    @Test
    void leavesNeitherGapsNorOverlaps() {
        long seed = 20_271_130;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long anchor = LocalDate.of(2024, 1, 1)
                    .plusDays(random.nextInt(1_500))
                    .atStartOfDay(ZoneOffset.UTC)
                    .plusSeconds(random.nextInt(86_400))
                    .toEpochSecond();
            long moment = anchor + random.nextLong(10L * 365 * 86_400);
            Period around = MONTHLY.around(anchor, moment);
            assertThat(moment).as("seed %d", seed).isBetween(around.start(), around.end() - 1);
            assertThat(MONTHLY.around(anchor, around.end()).start()).isEqualTo(around.end());
            assertThat(MONTHLY.after(anchor, around.start())).isEqualTo(around.end());
        }
    }
}
