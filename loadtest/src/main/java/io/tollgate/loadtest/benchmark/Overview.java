package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.report.Spread;
import io.tollgate.loadtest.benchmark.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The results on one page: medians for each peer, and how the gateway compares with each of the others. */
record Overview(List<Peer> peers, Results results) {
    private static final String DIRECT = "direct";
    private static final String GATEWAY = "tollgate";

    /** A figure of one scenario, with so many decimals. */
    private record Line(String title, Scenario scenario, Figure figure, int decimals) {}

    private static final List<Line> MEDIANS = List.of(
            new Line("CPU µs per call, 64 connections", Scenario.JSON_64, Figure.CPU_MICROS, 1),
            new Line("CPU µs per call, 8 connections", Scenario.JSON_8, Figure.CPU_MICROS, 1),
            new Line("Redis CPU µs per call, 64 connections", Scenario.JSON_64, Figure.REDIS_MICROS, 1),
            new Line("calls per second, 64 connections", Scenario.JSON_64, Figure.CALLS_PER_SECOND, 0),
            new Line("CPU µs per live stream", Scenario.LIVE, Figure.CPU_MICROS, 0),
            new Line("CPU µs per stream back to back", Scenario.BURST, Figure.CPU_MICROS, 0),
            new Line("streams per second, back to back", Scenario.BURST, Figure.CALLS_PER_SECOND, 0));

    private static final List<Line> ADDED = List.of(
            new Line("added p50 at light load, ms", Scenario.LIGHT, Figure.P50_MILLIS, 2),
            new Line("added p99 at light load, ms", Scenario.LIGHT, Figure.P99_MILLIS, 2));

    String medians() {
        Table table = new Table("", peers.stream().map(Peer::name).toList());
        for (Line line : MEDIANS) {
            boolean ofGateway = line.figure() != Figure.CALLS_PER_SECOND;
            table.row(
                    line.title(),
                    cells(peer -> ofGateway && !has(peer, line.figure())
                            ? Spread.UNKNOWN
                            : results.spread(line.scenario(), peer.name(), line.figure())
                                    .middle(line.decimals())));
        }
        for (Line line : ADDED) {
            table.row(
                    line.title(),
                    cells(peer -> peer.name().equals(DIRECT)
                            ? Spread.UNKNOWN
                            : results.added(line.scenario(), peer.name(), DIRECT, line.figure())
                                    .middle(line.decimals())));
        }
        table.row(
                "start to first answer, s",
                cells(peer -> results.startToReadySeconds(peer.name()).middle(2)));
        table.row(
                "memory per open stream, KiB",
                cells(peer -> results.held(peer.name())
                        .map(held -> Spread.one(held.bytes() / 1024).middle(1))
                        .orElse(Spread.UNKNOWN)));
        return table.markdown();
    }

    /** Empty where the gateway was not there, or nobody else. */
    String ratios() {
        List<Peer> others = peers.stream()
                .filter(peer -> !peer.name().equals(GATEWAY) && !peer.name().equals(DIRECT))
                .toList();
        if (others.isEmpty() || peers.stream().noneMatch(peer -> peer.name().equals(GATEWAY))) {
            return "";
        }
        Table table = new Table(GATEWAY + " ÷", others.stream().map(Peer::name).toList());
        for (Line line : MEDIANS) {
            List<String> cells = new ArrayList<>();
            for (Peer other : others) {
                cells.add(
                        has(other, line.figure())
                                ? results.ratio(line.scenario(), GATEWAY, other.name(), line.figure())
                                        .text(2)
                                : Spread.UNKNOWN);
            }
            table.row(line.title(), cells);
        }
        return "\n" + table.markdown();
    }

    static boolean has(Peer peer, Figure figure) {
        return switch (figure) {
            case CPU_MICROS -> !peer.name().equals(DIRECT);
            case REDIS_MICROS, POSTGRES_MICROS -> peer.usesStores();
            default -> true;
        };
    }

    private List<String> cells(Function<Peer, String> cell) {
        return peers.stream().map(cell).toList();
    }
}
