package io.tollgate.metering.ledger;

import java.util.ArrayList;
import java.util.List;

/** Adds movements up to one entry per ledger account and unit. Not for several threads. */
public final class Postings {

    /** An account's events touch a handful of ledger accounts: looking through them beats hashing their names. */
    private final List<Line> lines = new ArrayList<>(4);

    private static final class Line {

        private final LedgerAccount account;
        private final String unit;
        private long amount;

        Line(LedgerAccount account, String unit, long amount) {
            this.account = account;
            this.unit = unit;
            this.amount = amount;
        }

        boolean isOf(LedgerAccount other, String otherUnit) {
            return account.name().equals(other.name()) && unit.equals(otherUnit);
        }
    }

    /** Moves {@code amount} out of one ledger account into another; zero moves nothing. */
    public Postings move(LedgerAccount from, LedgerAccount to, String unit, long amount) {
        if (amount != 0) {
            add(from, unit, -amount);
            add(to, unit, amount);
        }
        return this;
    }

    /** Adds the movements of another; as long as their {@link #volume}s sum to a long, nothing here can overflow. */
    public void addAll(Postings other) {
        for (Line line : other.lines) {
            add(line.account, line.unit, line.amount);
        }
    }

    /**
     * The sum of all entries, signs aside.
     *
     * @throws ArithmeticException if it is no long
     */
    public long volume() {
        long volume = 0;
        for (Line line : lines) {
            volume = Math.addExact(volume, Math.absExact(line.amount));
        }
        return volume;
    }

    /** What is left after adding up: no entry is zero, and there may be none. */
    public List<LedgerEntry> entries() {
        List<LedgerEntry> entries = new ArrayList<>(lines.size());
        for (Line line : lines) {
            if (line.amount != 0) {
                entries.add(new LedgerEntry(line.account, line.unit, line.amount));
            }
        }
        return entries;
    }

    private void add(LedgerAccount account, String unit, long amount) {
        for (Line line : lines) {
            if (line.isOf(account, unit)) {
                line.amount = Math.addExact(line.amount, amount);
                return;
            }
        }
        lines.add(new Line(account, unit, amount));
    }
}
