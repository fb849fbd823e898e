package io.tollgate.billing.catalog;

import java.util.Locale;

/** How often a plan is paid. Its allowance comes every month, whatever this is. */
public enum Interval {
    MONTH(12),
    YEAR(1);

    private final int perYear;

    Interval(int perYear) {
        this.perYear = perYear;
    }

    public int perYear() {
        return perYear;
    }

    /** As Stripe and our JSON have it: {@code month}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The interval of this word.
     *
     * @throws IllegalArgumentException saying which there are
     */
    public static Interval of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "month" -> MONTH;
            case "year" -> YEAR;
            default -> throw new IllegalArgumentException("an interval is month or year, not: " + word);
        };
    }
}
