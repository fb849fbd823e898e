package io.tollgate.metering.usage.postgres;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates and times as Postgres reads them. A batch's are mostly of the same day and second, whose text is made once. */
final class TimeText {

    private static final int MILLIS_PER_SECOND = 1_000;

    private int day;
    private @Nullable String dayText;
    private long second;
    private @Nullable String secondText;

    /** The day so many days after 1970-01-01. */
    String day(int epochDay) {
        String known = dayText;
        if (known == null || day != epochDay) {
            known = LocalDate.ofEpochDay(epochDay).toString();
            day = epochDay;
            dayText = known;
        }
        return known;
    }

    /** Appends the instant, to the millisecond. */
    void instant(StringBuilder text, long epochMillis) {
        int millis = (int) Math.floorMod(epochMillis, (long) MILLIS_PER_SECOND);
        text.append(second(Math.floorDiv(epochMillis, MILLIS_PER_SECOND))).append('.');
        text.append(millis / 100).append(millis / 10 % 10).append(millis % 10).append('Z');
    }

    private String second(long epochSecond) {
        String known = secondText;
        if (known == null || second != epochSecond) {
            String whole = Instant.ofEpochSecond(epochSecond).toString();
            known = whole.substring(0, whole.length() - 1);
            second = epochSecond;
            secondText = known;
        }
        return known;
    }
}
