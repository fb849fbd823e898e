package io.tollgate.loadtest.benchmark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Markdown table: names to the left, figures to the right. */
public final class Table {
    private final int figures;
    private final List<String> lines = new ArrayList<>();

    public Table(String corner, List<String> columns) {
        figures = columns.size();
        row(corner, columns);
        lines.add("|---|" + String.join("", Collections.nCopies(figures, "---:|")));
    }

    public void row(String name, List<String> cells) {
        if (cells.size() != figures) {
            throw new IllegalArgumentException(cells + " for " + figures + " columns");
        }
        lines.add("| " + name + " | " + String.join(" | ", cells) + " |");
    }

    public String markdown() {
        return String.join("\n", lines) + "\n";
    }
}
