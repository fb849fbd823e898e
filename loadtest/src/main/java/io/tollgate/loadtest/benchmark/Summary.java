package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.report.Machine;
import io.tollgate.loadtest.benchmark.report.Spread;
import io.tollgate.loadtest.benchmark.report.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The results for people, as Markdown: how they were made, the overview, and then every scenario with its spread. */
record Summary(Options options, Results results, Scene scene, String books) {
    private static final String DIRECT = "direct";

    String markdown() {
        Overview overview = new Overview(options.peers(), results);
        StringBuilder text = new StringBuilder(head())
                .append('\n')
                .append(overview.medians())
                .append(overview.ratios());
        for (Scenario scenario : options.scenarios()) {
            text.append("\n**%s**: %s\n\n".formatted(scenario.label(), scenario.title()))
                    .append(table(scenario));
        }
        return text.append(processes())
                .append("\nBooks: %s.\n".formatted(books))
                .toString();
    }

    private String head() {
        String peers = options.peers().stream()
                .map(peer -> "- `" + peer.name() + "`: " + peer.description(scene.site()) + "\n")
                .collect(Collectors.joining());
        return """
                Measured %s at commit %s on %s. %s. JVM gateways with `%s`. %d rounds of %.1f s after %.1f s of warm-up \
                for each peer: median (lowest–highest). Processes without a part in it used %s %% of the machine.

                %s""".formatted(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        Machine.commit(options.project()),
                        Machine.describe(),
                        Machine.java(),
                        String.join(" ", options.jvmFlags()),
                        options.rounds(),
                        options.window().toMillis() / 1e3,
                        options.warmUp().toMillis() / 1e3,
                        results.noisePercent().text(0),
                        peers);
    }

    private String table(Scenario scenario) {
        boolean streams = scenario.shape().form() == Form.STREAMED;
        Figure middle = streams ? Figure.FIRST_BYTE_P50_MILLIS : Figure.P50_MILLIS;
        Figure tail = streams ? Figure.FIRST_BYTE_P99_MILLIS : Figure.P99_MILLIS;
        String what = streams ? "first byte " : "";
        Table table = new Table(
                "",
                List.of(
                        streams ? "streams/s" : "calls/s",
                        "CPU µs",
                        "Redis µs",
                        "Postgres µs",
                        what + "p50 ms",
                        what + "p99 ms",
                        "added p50 ms",
                        "added p99 ms",
                        "failed"));
        for (Peer peer : options.peers()) {
            List<String> cells = new ArrayList<>();
            cells.add(text(scenario, peer, Figure.CALLS_PER_SECOND, 0));
            cells.add(text(scenario, peer, Figure.CPU_MICROS, 1));
            cells.add(text(scenario, peer, Figure.REDIS_MICROS, 1));
            cells.add(text(scenario, peer, Figure.POSTGRES_MICROS, 1));
            cells.add(text(scenario, peer, middle, 2));
            cells.add(text(scenario, peer, tail, 2));
            cells.add(added(scenario, peer, middle));
            cells.add(added(scenario, peer, tail));
            cells.add(Long.toString(results.failed(scenario, peer.name())));
            table.row(peer.name(), cells);
        }
        return table.markdown();
    }

    private String text(Scenario scenario, Peer peer, Figure figure, int decimals) {
        return Overview.has(peer, figure)
                ? results.spread(scenario, peer.name(), figure).text(decimals)
                : Spread.UNKNOWN;
    }

    private String added(Scenario scenario, Peer peer, Figure figure) {
        return peer.name().equals(DIRECT)
                ? Spread.UNKNOWN
                : results.added(scenario, peer.name(), DIRECT, figure).text(2);
    }

    private String processes() {
        if (options.streams() == 0) {
            return "";
        }
        Table table = new Table("", List.of("start to first answer, s", "heap, KiB", "direct, KiB", "resident, KiB"));
        for (Peer peer : options.peers()) {
            results.held(peer.name())
                    .ifPresent(held -> table.row(
                            peer.name(),
                            List.of(
                                    results.startToReadySeconds(peer.name()).text(2),
                                    Spread.one(held.heapBytes() / 1024).text(1),
                                    Spread.one(held.directBytes() / 1024).text(1),
                                    Spread.one(held.residentBytes() / 1024).text(1))));
        }
        return "\n**processes**: start, and memory for each of %,d open streams\n\n%s"
                .formatted(options.streams(), table.markdown());
    }
}
