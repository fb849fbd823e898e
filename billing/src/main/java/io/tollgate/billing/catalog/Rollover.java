package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import java.util.Locale;

/** How much of a month's allowance lives on into the next. */
public sealed interface Rollover {

    /** Each month begins anew. */
    record None() implements Rollover {}

    record UpTo(Credits most) implements Rollover {
        public UpTo {
            if (most.isZero()) {
                throw new IllegalArgumentException("a rollover up to nothing is written: none");
            }
        }
    }

    record Everything() implements Rollover {}

    /** The most that lives on; what {@code Allowance.rollover} takes. */
    default Credits cap() {
        return switch (this) {
            case None _ -> Credits.ZERO;
            case UpTo(Credits most) -> most;
            case Everything _ -> Credits.MAX;
        };
    }

    /** As the catalog has it: {@code none}, {@code all}, or credits. */
    default String word() {
        return switch (this) {
            case None _ -> "none";
            case UpTo(Credits most) -> most.toDecimal();
            case Everything _ -> "all";
        };
    }

    /**
     * The rollover of this word.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    static Rollover of(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "none" -> new None();
            case "all" -> new Everything();
            default -> upTo(word);
        };
    }

    private static Rollover upTo(String word) {
        try {
            return new UpTo(Credits.parse(word.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "rollover is none, all, or the most credits that live on, not: " + word, e);
        }
    }
}
