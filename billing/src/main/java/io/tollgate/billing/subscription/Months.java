package io.tollgate.billing.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Months as Stripe's calendar has them: counted from an anchor, in UTC, the month's last day standing in for one it does not have. So
 * 31 January is followed by 28 February and by 31 March.
 */
final class Months {

    /** No month is longer; whatever is, holds several. */
    private static final Duration LONGEST = Duration.ofDays(32);

    private Months() {}

    /** From {@code start}, and up to but without {@code end}. */
    record Span(Instant start, Instant end) {}

    /** The month of the period that {@code now} falls into, or its first or last one if it falls into none. */
    static Span within(Instant anchor, Span period, Instant now) {
        if (Duration.between(period.start(), period.end()).compareTo(LONGEST) <= 0) {
            return period;
        }
        Instant at = now.isBefore(period.start()) ? period.start() : now.isBefore(period.end()) ? now : last(period);
        Span month = around(anchor, at);
        return new Span(later(month.start(), period.start()), earlier(month.end(), period.end()));
    }

    /** The month that {@code now} falls into. */
    static Span around(Instant anchor, Instant now) {
        ZonedDateTime first = anchor.atZone(ZoneOffset.UTC);
        long months = ChronoUnit.MONTHS.between(first, now.atZone(ZoneOffset.UTC));
        while (first.plusMonths(months).toInstant().isAfter(now)) {
            months--;
        }
        while (!first.plusMonths(months + 1).toInstant().isAfter(now)) {
            months++;
        }
        return new Span(
                first.plusMonths(months).toInstant(),
                first.plusMonths(months + 1).toInstant());
    }

    private static Instant last(Span period) {
        return period.end().minusMillis(1);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
