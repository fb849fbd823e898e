package io.tollgate.metering.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds movements up to one entry per ledger account and unit. Not for several threads. */
public final class Postings {

    private record Line(LedgerAccount account, String unit) {}

    private final Map<Line, Long> sums = new LinkedHashMap<>();

    /** Moves {@code amount} out of one ledger account into another; zero moves nothing. */
    public Postings move(LedgerAccount from, LedgerAccount to, String unit, long amount) {
        add(from, unit, -amount);
        add(to, unit, amount);
        return this;
    }

    /** What is left after adding up: no entry is zero, and there may be none. */
    public List<LedgerEntry> entries() {
        List<LedgerEntry> entries = new ArrayList<>(sums.size());
        sums.forEach((line, amount) -> {
            if (amount != 0) {
                entries.add(new LedgerEntry(line.account(), line.unit(), amount));
            }
        });
        return entries;
    }

    private void add(LedgerAccount account, String unit, long amount) {
        sums.merge(new Line(account, unit), amount, Math::addExact);
    }
}
