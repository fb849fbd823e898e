package io.tollgate.loadtest.benchmark;

import io.tollgate.loadtest.benchmark.Results.Row;
import io.tollgate.loadtest.benchmark.load.Shape.Form;
import io.tollgate.loadtest.benchmark.peer.Peer;
import io.tollgate.loadtest.benchmark.report.Machine;
import io.tollgate.loadtest.benchmark.report.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The results for people, as Markdown, and for machines, as CSV. */
record Summary(Options options, Results results, Scene scene, String books) {
    private static final String DIRECT = "direct";
    private static final String UNKNOWN = "–";

    String markdown() {
        StringBuilder text = new StringBuilder(head());
        for (Scenario scenario : options.scenarios()) {
            if (results.has(scenario)) {
                text.append("\n**")
                        .append(scenario.label())
                        .append("**: ")
                        .append(scenario.title())
                        .append("\n\n");
                text.append(scenario.shape().form() == Form.STREAMED ? streams(scenario) : calls(scenario));
            }
        }
        return text.append(processes())
                .append("\nBooks: ")
                .append(books)
                .append(".\n")
                .toString();
    }

    private String head() {
        StringBuilder head = new StringBuilder()
                .append("Measured ")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append(", commit ")
                .append(Machine.commit(options.project()))
                .append(". ")
                .append(Machine.describe())
                .append(". ")
                .append(Machine.java())
                .append(", gateways with `")
                .append(String.join(" ", options.jvmFlags()))
                .append("`. ")
                .append(options.rounds())
                .append(" rounds of ")
                .append(options.window().toMillis() / 1e3)
                .append(" s after ")
                .append(options.warmUp().toMillis() / 1e3)
                .append(" s of warm-up for each peer; median (lowest–highest).\n\n");
        for (Peer peer : options.peers()) {
            head.append("- `")
                    .append(peer.name())
                    .append("`: ")
                    .append(peer.description(scene.site()))
                    .append('\n');
        }
        return head.toString();
    }

    private String calls(Scenario scenario) {
        Table table = new Table(
                "",
                "calls/s",
                "CPU µs per call",
                "Redis µs",
                "Postgres µs",
                "p50 ms",
                "p99 ms",
                "added p50 ms",
                "added p99 ms",
                "failed");
        options.peers().forEach(peer -> table.row(cells(scenario, peer, Summary::p50, Summary::p99)));
        return table.markdown();
    }

    private String streams(Scenario scenario) {
        Table table = new Table(
                "",
                "streams/s",
                "CPU µs per stream",
                "Redis µs",
                "Postgres µs",
                "first byte p50 ms",
                "p99 ms",
                "added p50 ms",
                "added p99 ms",
                "failed");
        options.peers().forEach(peer -> table.row(cells(scenario, peer, Summary::firstByte50, Summary::firstByte99)));
        return table.markdown();
    }

    private List<String> cells(Scenario scenario, Peer peer, ToDoubleFunction<Row> middle, ToDoubleFunction<Row> tail) {
        boolean between = !peer.name().equals(DIRECT);
        return List.of(
                peer.name(),
                results.spread(
                                scenario,
                                peer.name(),
                                row -> row.window().stretch().callsPerSecond())
                        .text(0),
                between ? micros(scenario, peer, row -> row.window().cpu().gateway()) : UNKNOWN,
                peer.usesStores()
                        ? micros(scenario, peer, row -> row.window().cpu().redis())
                        : UNKNOWN,
                peer.usesStores()
                        ? micros(scenario, peer, row -> row.window().cpu().postgres())
                        : UNKNOWN,
                results.spread(scenario, peer.name(), middle).text(2),
                results.spread(scenario, peer.name(), tail).text(2),
                between ? results.added(scenario, peer.name(), DIRECT, middle).text(2) : UNKNOWN,
                between ? results.added(scenario, peer.name(), DIRECT, tail).text(2) : UNKNOWN,
                Long.toString(results.failed(scenario, peer.name())));
    }

    private String micros(Scenario scenario, Peer peer, ToDoubleFunction<Row> figure) {
        return results.spread(scenario, peer.name(), figure).text(1);
    }

    private String processes() {
        if (results.held().isEmpty()) {
            return "";
        }
        Table table = new Table(
                "", "start to ready, s", "heap per open stream, KiB", "direct, KiB", "together, KiB", "resident, KiB");
        for (Results.Held held : results.held()) {
            table.row(List.of(
                    held.peer(),
                    results.startToReadySeconds(held.peer()).text(2),
                    kibibytes(held.heapBytes()),
                    kibibytes(held.directBytes()),
                    kibibytes(held.heapBytes() + held.directBytes()),
                    kibibytes(held.residentBytes())));
        }
        return "\n**process**: start to its first answer, and memory with " + options.streams() + " open streams\n\n"
                + table.markdown();
    }

    String csv() {
        StringBuilder csv = new StringBuilder(
                "round,scenario,peer,answered,refused,cut,calls_per_second,cpu_us,redis_us,postgres_us,"
                        + "p50_us,p99_us,first_byte_p50_us,first_byte_p99_us\n");
        for (Row row : results.rows()) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%d,%d,%d,%.1f,%.2f,%.2f,%.2f,%.1f,%.1f,%.1f,%.1f%n",
                    row.round(),
                    row.scenario().label(),
                    row.peer(),
                    row.tally().answered(),
                    row.tally().refused(),
                    row.tally().cut(),
                    row.window().stretch().callsPerSecond(),
                    row.window().cpu().gateway(),
                    row.window().cpu().redis(),
                    row.window().cpu().postgres(),
                    p50(row) * 1e3,
                    p99(row) * 1e3,
                    firstByte50(row) * 1e3,
                    firstByte99(row) * 1e3));
        }
        return csv.toString();
    }

    private static String kibibytes(double bytes) {
        return String.format(Locale.ROOT, "%,.1f", bytes / 1024);
    }

    private static double p50(Row row) {
        return row.window().stretch().latency().micros(0.5) / 1e3;
    }

    private static double p99(Row row) {
        return row.window().stretch().latency().micros(0.99) / 1e3;
    }

    private static double firstByte50(Row row) {
        return row.window().stretch().firstByte().micros(0.5) / 1e3;
    }

    private static double firstByte99(Row row) {
        return row.window().stretch().firstByte().micros(0.99) / 1e3;
    }
}
