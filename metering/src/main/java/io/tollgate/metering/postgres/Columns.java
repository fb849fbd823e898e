package io.tollgate.metering.postgres;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One property of many things as an array, which {@code unnest} turns into a column: so that many rows go with one statement. */
public final class Columns {

    private Columns() {}

    public static <T> String[] texts(List<T> rows, Function<? super T, ? extends @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    public static <T> Long[] longs(List<T> rows, Function<? super T, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }
}
