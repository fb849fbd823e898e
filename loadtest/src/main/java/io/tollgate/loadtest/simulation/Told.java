package io.tollgate.loadtest.simulation;

import io.tollgate.loadtest.call.Micros;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an answer says what it cost; null where it does not. */
final class Told {
    private static final Pattern USAGE_COST = Pattern.compile("\"tollgate_cost\":\\s*\"?([0-9.]+)\"?");

    private Told() {}

    static @Nullable Long byHeader(@Nullable String header) {
        return header == null ? null : Micros.of(header);
    }

    /** In the usage object of the last chunk that has one. */
    static @Nullable Long byLastChunk(String stream) {
        return USAGE_COST
                .matcher(stream)
                .results()
                .reduce((former, latter) -> latter)
                .map((MatchResult cost) -> Micros.of(cost.group(1)))
                .orElse(null);
    }
}
