package io.tollgate.metering.usage.postgres;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long usage events are kept, in partitions of a day. Their rollups stay.
 *
 * @param daysAhead for how many days to come partitions stand ready
 * @param retention how long a day's events are kept at least; in whole days
 * @param interval how often is looked whether a day is to be created or dropped
 * @param retry the pause after a failed look
 * @param timeout how long one look may take
 * @param rowsAtOnce the most rows of the default partition that are moved to a new day, or removed, at a time
 */
@ConfigurationProperties("tollgate.metering.usage")
record DaySettings(
        @DefaultValue("7") int daysAhead,
        @DefaultValue("400d") Duration retention,
        @DefaultValue("1h") Duration interval,
        @DefaultValue("1m") Duration retry,
        @DefaultValue("1m") Duration timeout,
        @DefaultValue("100000") int rowsAtOnce) {

    private static final int AHEAD_MAX = 60;
    private static final int RETENTION_DAYS_MIN = 31;
    private static final int RETENTION_DAYS_MAX = 36_500;
    private static final int ROWS_MAX = 1_000_000;

    DaySettings {
        require(daysAhead >= 1 && daysAhead <= AHEAD_MAX, "days-ahead must be from 1 to " + AHEAD_MAX);
        require(
                retention.toDays() >= RETENTION_DAYS_MIN && retention.toDays() <= RETENTION_DAYS_MAX,
                "retention must be from " + RETENTION_DAYS_MIN + " to " + RETENTION_DAYS_MAX + " days");
        require(interval.isPositive() && retry.isPositive() && timeout.isPositive(), "times must be above zero");
        require(rowsAtOnce >= 1 && rowsAtOnce <= ROWS_MAX, "rows-at-once must be from 1 to " + ROWS_MAX);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("tollgate.metering.usage: " + otherwise);
        }
    }
}
