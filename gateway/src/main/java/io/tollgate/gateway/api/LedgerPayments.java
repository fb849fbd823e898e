package io.tollgate.gateway.api;

import io.tollgate.metering.ledger.Statements.Line;
import io.tollgate.metering.ledger.Statements.LotPart;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which payment a line of the ledger goes back to. */
final class LedgerPayments {

    private LedgerPayments() {}

    /** The grants whose payments are to be known. */
    static Set<Long> grants(List<Line> lines) {
        return lines.stream()
                .filter(LedgerPayments::isAboutGrants)
                .flatMap(line -> line.lots().stream())
                .map(LotPart::grant)
                .collect(Collectors.toSet());
    }

    /** Null if nobody paid, or several payments have a part in it: its lots say which. */
    static @Nullable String of(Line line, Map<Long, String> payments) {
        if (!isAboutGrants(line)) {
            return null;
        }
        Set<String> all = line.lots().stream()
                .map(lot -> payments.get(lot.grant()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : null;
    }

    // A call is paid from whatever there is; what it is about is the call.
    private static boolean isAboutGrants(Line line) {
        return switch (line.kind()) {
            case GRANT, ALLOWANCE, ALLOWANCE_END, CLAWBACK -> true;
            case USAGE, EXPIRY, FREEZE, THAW, CLOSE -> false;
        };
    }
}
