package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.load.Tally;
import io.tollgate.loadtest.benchmark.report.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

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

    /** Memory for each open stream; no number where it is not known. */
    record Held(String peer, double heapBytes, double directBytes, double residentBytes) {

        /** Of a JVM what its code holds; of anything else what the system has given it. */
        double bytes() {
            double known = heapBytes + directBytes;
            return Double.isNaN(known) ? residentBytes : known;
        }
    }

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

    Optional<Held> held(String peer) {
        return held.stream().filter(memory -> memory.peer().equals(peer)).findFirst();
    }

    Spread spread(Scenario scenario, String peer, Figure figure) {
        return Spread.of(of(scenario, peer).stream().map(figure::of).toList());
    }

    /** The difference to another peer in the same round. */
    Spread added(Scenario scenario, String peer, String to, Figure figure) {
        return compared(scenario, peer, to, figure, (mine, theirs) -> mine - theirs);
    }

    /** How many times as much as another peer in the same round. */
    Spread ratio(Scenario scenario, String peer, String to, Figure figure) {
        return compared(scenario, peer, to, figure, (mine, theirs) -> mine / theirs);
    }

    Spread startToReadySeconds(String peer) {
        return Spread.of(starts.stream()
                .filter(started -> started.peer().equals(peer))
                .map(started -> started.startToReady().toMillis() / 1e3)
                .toList());
    }

    /** Over all windows. */
    Spread noisePercent() {
        return Spread.of(rows.stream().map(Figure.NOISE_PERCENT::of).toList());
    }

    long failed(Scenario scenario, String peer) {
        return of(scenario, peer).stream()
                .mapToLong(row -> row.tally().failed())
                .sum();
    }

    private Spread compared(Scenario scenario, String peer, String to, Figure figure, DoubleBinaryOperator comparison) {
        List<Double> compared = new ArrayList<>();
        for (Row row : of(scenario, peer)) {
            OptionalDouble other = of(scenario, to).stream()
                    .filter(base -> base.round() == row.round())
                    .mapToDouble(figure::of)
                    .findFirst();
            other.ifPresent(base -> compared.add(comparison.applyAsDouble(figure.of(row), base)));
        }
        return Spread.of(compared);
    }

    private List<Row> of(Scenario scenario, String peer) {
        return rows.stream()
                .filter(row -> row.scenario() == scenario && row.peer().equals(peer))
                .toList();
    }
}
