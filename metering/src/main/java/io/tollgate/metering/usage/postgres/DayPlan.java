package io.tollgate.metering.usage.postgres;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What is to be done about the days of usage events.
 *
 * @param create days without a partition, the most urgent first
 * @param drop days past their retention, oldest first
 * @param keptFrom the first day that is kept
 */
record DayPlan(List<LocalDate> create, List<LocalDate> drop, LocalDate keptFrom) {

    /** From yesterday on, since a hold made before midnight ends after it. */
    static DayPlan of(LocalDate today, Collection<LocalDate> present, DaySettings settings) {
        Set<LocalDate> known = Set.copyOf(present);
        LocalDate keptFrom = today.minusDays(settings.retention().toDays());
        List<LocalDate> create = today.minusDays(1)
                .datesUntil(today.plusDays(settings.daysAhead() + 1L))
                .filter(day -> !known.contains(day))
                .toList();
        List<LocalDate> drop =
                present.stream().filter(day -> day.isBefore(keptFrom)).sorted().toList();
        return new DayPlan(create, drop, keptFrom);
    }

    /** How many days from tomorrow on stand ready without a gap. */
    static int ahead(LocalDate today, Collection<LocalDate> present) {
        Set<LocalDate> known = Set.copyOf(present);
        int ahead = 0;
        while (known.contains(today.plusDays(ahead + 1L))) {
            ahead++;
        }
        return ahead;
    }
}
