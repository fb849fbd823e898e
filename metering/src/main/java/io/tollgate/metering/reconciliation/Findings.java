package io.tollgate.metering.reconciliation;

import java.util.ArrayList;
import java.util.List;

/**
 * What looking at a number of accounts has come to.
 *
 * @param checked accounts looked at, those that could not be compared among them
 * @param moving those that never stood still long enough to be compared: neither equal nor drifted
 * @param drifts each seen twice
 */
public record Findings(int checked, int moving, List<Drift> drifts) {

    public Findings {
        drifts = List.copyOf(drifts);
    }

    /** Accounts with any drift. */
    public int drifted() {
        return Math.toIntExact(drifts.stream().map(Drift::account).distinct().count());
    }

    Findings plus(Findings more) {
        List<Drift> all = new ArrayList<>(drifts);
        all.addAll(more.drifts);
        return new Findings(checked + more.checked, moving + more.moving, all);
    }
}
