package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.Results.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results for machines: a line for every window. */
final class ResultsCsv {
    private ResultsCsv() {}

    static String of(Results results) {
        Stream<String> head = Stream.of(Stream.concat(
                        Stream.of("round", "scenario", "peer", "answered", "refused", "cut"),
                        Arrays.stream(Figure.values()).map(Figure::column))
                .collect(Collectors.joining(",")));
        return Stream.concat(head, results.rows().stream().map(ResultsCsv::line))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Row row) {
        List<Object> about = List.of(
                row.round(),
                row.scenario().label(),
                row.peer(),
                row.tally().answered(),
                row.tally().refused(),
                row.tally().cut());
        return Stream.concat(
                        about.stream().map(String::valueOf),
                        Arrays.stream(Figure.values())
                                .map(figure -> String.format(Locale.ROOT, "%.3f", figure.of(row))))
                .collect(Collectors.joining(","));
    }
}
