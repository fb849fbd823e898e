package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.report.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All that was measured, in order. */
final class Results {
    private final List<Row> rows = new ArrayList<>();
    private final List<Started> starts = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    record Row(int round, Scenario scenario, String peer, Window window) {
        Tally tally() {
            return window.tally();
        }
    }

    record Started(String peer, Duration startToReady) {}

    /** Memory for each open stream; heap and direct memory only of a JVM. */
    record Held(String peer, double heapBytes, double directBytes, double residentBytes) {}

    void add(Row row) {
        rows.add(row);
    }

    void add(Started started) {
        starts.add(started);
    }

    void add(Held memory) {
        held.add(memory);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    List<Held> held() {
        return List.copyOf(held);
    }

    boolean has(Scenario scenario) {
        return rows.stream().anyMatch(row -> row.scenario() == scenario);
    }

    Spread spread(Scenario scenario, String peer, ToDoubleFunction<Row> figure) {
        return Spread.of(of(scenario, peer).stream()
                .map(row -> figure.applyAsDouble(row))
                .toList());
    }

    /** The difference to another peer in the same round. */
    Spread added(Scenario scenario, String peer, String to, ToDoubleFunction<Row> figure) {
        List<Double> differences = new ArrayList<>();
        for (Row row : of(scenario, peer)) {
            OptionalDouble base = of(scenario, to).stream()
                    .filter(other -> other.round() == row.round())
                    .mapToDouble(figure)
                    .findFirst();
            base.ifPresent(value -> differences.add(figure.applyAsDouble(row) - value));
        }
        return Spread.of(differences);
    }

    Spread startToReadySeconds(String peer) {
        return Spread.of(starts.stream()
                .filter(started -> started.peer().equals(peer))
                .map(started -> started.startToReady().toMillis() / 1e3)
                .toList());
    }

    long failed(Scenario scenario, String peer) {
        return of(scenario, peer).stream()
                .mapToLong(row -> row.tally().failed())
                .sum();
    }

    private List<Row> of(Scenario scenario, String peer) {
        return rows.stream()
                .filter(row -> row.scenario() == scenario && row.peer().equals(peer))
                .toList();
    }
}
