package io.tollgate.loadtest.benchmark.upstream;

import java.time.Duration;
import java.util.Arrays;

/** How an upstream's streams come; the name of the model chooses. */
public enum Pace {
    /** All that is there at once, every chunk flushed by itself. */
    AT_ONCE("bench", Duration.ZERO, Answers.CHUNKS),
    /** As a model writes that is read while it writes. */
    LIVE("bench-live", Duration.ofMillis(10), Answers.CHUNKS),
    /** Open for minutes: a stream that is there and does next to nothing. */
    TRICKLE("bench-trickle", Duration.ofSeconds(1), 600);

    private final String model;
    private final Duration betweenChunks;
    private final int chunks;

    Pace(String model, Duration betweenChunks, int chunks) {
        this.model = model;
        this.betweenChunks = betweenChunks;
        this.chunks = chunks;
    }

    public String model() {
        return model;
    }

    Duration betweenChunks() {
        return betweenChunks;
    }

    int chunks() {
        return chunks;
    }

    static Pace of(String body) {
        return Arrays.stream(values())
                .filter(pace -> body.contains("\"model\":\"" + pace.model + "\""))
                .findFirst()
                .orElse(AT_ONCE);
    }
}
