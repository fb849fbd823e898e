package io.tollgate.gateway.api;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Statements.Call;
import io.tollgate.metering.ledger.Statements.Line;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A page of a statement as RFC 4180 has it, with a line of names. */
final class LedgerCsv {

    private static final String NAMES =
            "at,kind,source,cause,credits,balance,uncollected,route,model,input_tokens,output_tokens,waived\r\n";

    private LedgerCsv() {}

    static String of(List<Line> lines) {
        StringBuilder csv = new StringBuilder(NAMES);
        for (Line line : lines) {
            Call call = line.call();
            csv.append(line.at());
            cell(csv, line.kind().name().toLowerCase(Locale.ROOT));
            cell(csv, line.origin() == null ? null : line.origin().toLowerCase(Locale.ROOT));
            cell(csv, line.cause());
            csv.append(',').append(Credits.decimal(line.amountMicros()));
            csv.append(',').append(Credits.decimal(line.balanceMicros()));
            csv.append(',').append(Credits.decimal(line.uncollectedMicros()));
            cell(csv, call == null ? null : call.route());
            cell(csv, call == null ? null : call.model());
            csv.append(',').append(call == null ? "" : Long.toString(call.inputTokens()));
            csv.append(',').append(call == null ? "" : Long.toString(call.outputTokens()));
            csv.append(',').append(call == null ? "" : call.waived().toDecimal());
            csv.append("\r\n");
        }
        return csv.toString();
    }

    /** Quoted, and not taken for a formula: a model's name is the client's own words. */
    private static void cell(StringBuilder csv, @Nullable String text) {
        csv.append(',');
        if (text == null || text.isEmpty()) {
            return;
        }
        boolean formula = "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        csv.append('"')
                .append(formula ? "'" : "")
                .append(text.replace("\"", "\"\""))
                .append('"');
    }
}
