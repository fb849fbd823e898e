package io.tollgate.gateway.api;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Statements.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a statement, and the cursor behind them if there are more. */
record LedgerPage(List<Line> lines, @Nullable String next) {

    /** {@code found} is one line more than the page has if there are more. */
    static LedgerPage of(AccountId account, List<Line> found, int limit) {
        if (found.size() <= limit) {
            return new LedgerPage(found, null);
        }
        List<Line> lines = found.subList(0, limit);
        return new LedgerPage(lines, LedgerCursor.text(account, lines.getLast().place()));
    }
}
