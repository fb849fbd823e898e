package io.tollgate.sandbox.stripe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How often a recurring price falls due. Months and years are counted by the calendar from an anchor, never from the
 * last time: from 31 January on, 28 February is followed by 31 March.
 */
record Cycle(ChronoUnit unit, long count) {
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "day", ChronoUnit.DAYS, "week", ChronoUnit.WEEKS, "month", ChronoUnit.MONTHS, "year", ChronoUnit.YEARS);

    static boolean isInterval(String name) {
        return UNITS.containsKey(name);
    }

    static Cycle of(JsonNode price) {
        ChronoUnit unit = UNITS.get(price.at("/recurring/interval").asString(""));
        if (unit == null) {
            throw new IllegalStateException("a price that does not recur");
        }
        return new Cycle(unit, price.at("/recurring/interval_count").longValue());
    }

    /** The first time that it falls due after a moment, in seconds of the epoch. */
    long after(long anchor, long moment) {
        ZonedDateTime from = at(anchor);
        long n = Math.floorDiv(unit.between(from, at(moment)), count) - 1;
        while (boundary(from, n) <= moment) {
            n++;
        }
        return boundary(from, n);
    }

    /** The whole period in which a moment lies. */
    Period around(long anchor, long moment) {
        long end = after(anchor, moment);
        ZonedDateTime from = at(anchor);
        long n = Math.floorDiv(unit.between(from, at(end)), count) + 1;
        while (boundary(from, n) > moment) {
            n--;
        }
        return new Period(boundary(from, n), end);
    }

    private long boundary(ZonedDateTime from, long n) {
        return from.plus(n * count, unit).toEpochSecond();
    }

    private static ZonedDateTime at(long second) {
        return Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC);
    }
}
