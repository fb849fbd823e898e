package io.tollgate.gateway.api;

import org.jspecify.annotations.Nullable;

/** Cells of RFC 4180 that no spreadsheet takes for formulas. */
final class CsvCells {

    private static final String BEGIN_FORMULAS = "=+-@\t\r\n";

    private CsvCells() {}

    /** A comma and the text behind it, quoted; nothing for none. */
    static void add(StringBuilder csv, @Nullable String text) {
        csv.append(',');
        if (text == null || text.isEmpty()) {
            return;
        }
        boolean formula = BEGIN_FORMULAS.indexOf(text.charAt(0)) >= 0;
        csv.append('"')
                .append(formula ? "'" : "")
                .append(text.replace("\"", "\"\""))
                .append('"');
    }
}
