package io.tollgate.gateway.api;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Statements.Call;
import io.tollgate.metering.ledger.Statements.Line;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of a statement as RFC 4180 has it, with a line of names; a model's name is the client's own words. */
final class LedgerCsv {

    private static final String NAMES =
            "at,kind,source,cause,payment,credits,balance,uncollected,route,model,input_tokens,output_tokens,waived\r\n";

    private LedgerCsv() {}

    static String of(List<Line> lines, Map<Long, String> payments) {
        StringBuilder csv = new StringBuilder(NAMES);
        for (Line line : lines) {
            Call call = line.call();
            csv.append(line.at());
            CsvCells.add(csv, line.kind().name().toLowerCase(Locale.ROOT));
            CsvCells.add(csv, line.origin() == null ? null : line.origin().toLowerCase(Locale.ROOT));
            CsvCells.add(csv, line.cause());
            CsvCells.add(csv, LedgerPayments.of(line, payments));
            csv.append(',').append(Credits.decimal(line.amountMicros()));
            csv.append(',').append(Credits.decimal(line.balanceMicros()));
            csv.append(',').append(Credits.decimal(line.uncollectedMicros()));
            CsvCells.add(csv, call == null ? null : call.route());
            CsvCells.add(csv, call == null ? null : call.model());
            csv.append(',').append(call == null ? "" : Long.toString(call.inputTokens()));
            csv.append(',').append(call == null ? "" : Long.toString(call.outputTokens()));
            csv.append(',').append(call == null ? "" : call.waived().toDecimal());
            csv.append("\r\n");
        }
        return csv.toString();
    }
}
