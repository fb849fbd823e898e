package io.tollgate.loadtest.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Markdown table: names to the left, figures to the right. */
public final class Table {
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... columns) {
        this.columns = List.of(columns);
    }

    public void row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells + " for columns " + columns);
        }
        rows.add(List.copyOf(cells));
    }

    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(columns));
        lines.add("|---|" + String.join("", Collections.nCopies(columns.size() - 1, "---:|")));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
