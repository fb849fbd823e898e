package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.Results.Row;
import java.util.function.ToDoubleFunction;

/** What a window says, one number each. */
enum Figure {
    CALLS_PER_SECOND("calls_per_second", row -> row.window().stretch().callsPerSecond()),
    CPU_MICROS("cpu_us", row -> row.window().cpu().gateway()),
    REDIS_MICROS("redis_us", row -> row.window().cpu().redis()),
    POSTGRES_MICROS("postgres_us", row -> row.window().cpu().postgres()),
    P50_MILLIS("p50_ms", row -> row.window().stretch().latency().micros(0.5) / 1e3),
    P99_MILLIS("p99_ms", row -> row.window().stretch().latency().micros(0.99) / 1e3),
    FIRST_BYTE_P50_MILLIS(
            "first_byte_p50_ms", row -> row.window().stretch().firstByte().micros(0.5) / 1e3),
    FIRST_BYTE_P99_MILLIS(
            "first_byte_p99_ms", row -> row.window().stretch().firstByte().micros(0.99) / 1e3),
    NOISE_PERCENT("noise_percent", row -> row.window().noise() * 100);

    private final String column;

    @SuppressWarnings("ImmutableEnumChecker") // functions of their argument alone
    private final ToDoubleFunction<Row> reading;

    Figure(String column, ToDoubleFunction<Row> reading) {
        this.column = column;
        this.reading = reading;
    }

    String column() {
        return column;
    }

    double of(Row row) {
        return reading.applyAsDouble(row);
    }
}
