package io.tollgate.loadtest.check;

import io.tollgate.loadtest.api.Target;
import io.tollgate.loadtest.check.Evidence.Position;
import io.tollgate.loadtest.check.Invariant.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The conservation check for millions of calls: by account, since nobody could look at each of them. */
public final class TotalsCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("conservation.patience-seconds", 60));

    private final Witnesses witnesses;
    private final Duration patience;

    TotalsCheck(Witnesses witnesses, Duration patience) {
        this.witnesses = witnesses;
        this.patience = patience;
    }

    public static TotalsCheck of(Target target) {
        return new TotalsCheck(new HttpWitnesses(target), PATIENCE);
    }

    /**
     * Prints what was found; throws unless every invariant holds.
     *
     * @param costs by account, what the answers that its clients got must have cost, in micros
     * @param unknown accounts with calls that were broken off: what those cost only the gateway knows
     */
    public void demand(Map<String, Long> costs, Set<String> unknown, PrintStream out) {
        Set<String> accounts = new TreeSet<>(costs.keySet());
        accounts.addAll(unknown);
        List<Position> positions = AtRest.await(witnesses, accounts, patience);
        Evidence evidence = new Evidence(List.of(), positions, List.of(), List.of(), witnesses.books());
        List<Verdict> verdicts = Invariants.judgeTotals(evidence, costs);
        out.println("Totals: " + positions.size() + " accounts");
        Report.print(verdicts, out);
        if (positions.size() < accounts.size() || !verdicts.stream().allMatch(Verdict::holds)) {
            throw new NotConservedException(verdicts);
        }
    }
}
