package io.tollgate.metering.usage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeTextTest {

    private final TimeText times = new TimeText();

    @Test
    void saysWhatTheLibrarySays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long millis = Instant.parse("2026-11-20T23:59:58.990Z").toEpochMilli();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            times.instant(text, millis);

            assertThat(Instant.parse(text)).as("seed %s", seed).isEqualTo(Instant.ofEpochMilli(millis));
            assertThat(text).hasSize("2026-11-20T23:59:58.990Z".length());
            int day = Math.toIntExact(Math.floorDiv(millis, 86_400_000L));
            assertThat(times.day(day)).isEqualTo(LocalDate.ofEpochDay(day).toString());
            millis += random.nextInt(3_000) - 1_000L;
        }
    }

    @Test
    void reachesBackBeforeTheEpoch() {
        StringBuilder text = new StringBuilder();

        times.instant(text, -1);

        assertThat(text).hasToString("1969-12-31T23:59:59.999Z");
    }
}
