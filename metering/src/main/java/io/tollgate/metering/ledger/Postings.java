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

    /** Adds the movements of another; as long as their {@link #volume}s sum to a long, nothing here can overflow. */
    public void addAll(Postings other) {
        other.sums.forEach((line, amount) -> add(line.account(), line.unit(), amount));
    }

    /**
     * The sum of all entries, signs aside.
     *
     * @throws ArithmeticException if it is no long
     */
    public long volume() {
        long volume = 0;
        for (long amount : sums.values()) {
            volume = Math.addExact(volume, Math.absExact(amount));
        }
        return volume;
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
