package io.tollgate.billing.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what people wrote; what makes no sense is answered with the place and with what would be right. */
public final class Written {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})([mhd])");

    private Written() {}

    /** What the reading gives, or its complaint with the place in front of it. */
    public static <T> T at(String place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    /** As {@link #at} for every line of a list: {@code prices[2]: …}. */
    public static <L, T> List<T> each(String place, List<L> lines, Function<L, T> reading) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            L line = lines.get(i);
            all.add(at(place + "[" + i + "]", () -> reading.apply(line)));
        }
        return all;
    }

    static <T> T present(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    static <T> List<T> list(@Nullable List<T> lines) {
        return lines == null ? List.of() : lines;
    }

    static @Nullable Duration duration(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher match = DURATION.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    name + " is a number of minutes, hours or days such as 90m, 36h or 7d, not: " + text);
        }
        long number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toMinutes() + "m";
    }
}
