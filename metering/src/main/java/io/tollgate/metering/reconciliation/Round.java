package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A number of looks, sorted: what is settled, and what has to be looked at again.
 *
 * @param behind accounts whose events have to be booked first, which are among the open ones
 * @param suspicions what a next look would confirm
 */
record Round(Findings settled, List<AccountId> open, List<AccountId> behind, Set<Suspicion> suspicions) {

    /** Drift that was seen once. */
    record Suspicion(AccountId account, Drift.Kind kind) {
        static Suspicion of(Drift drift) {
            return new Suspicion(drift.account(), drift.kind());
        }
    }

    /** {@code suspected} by the looks before. */
    static Round of(List<Look> looks, Set<Suspicion> suspected) {
        int checked = 0;
        List<Drift> confirmed = new ArrayList<>();
        List<AccountId> open = new ArrayList<>();
        List<AccountId> behind = new ArrayList<>();
        Set<Suspicion> suspicions = new HashSet<>();
        for (Look look : looks) {
            List<Drift> again = look.drifts().stream()
                    .filter(drift -> suspected.contains(Suspicion.of(drift)))
                    .toList();
            if (look.isClean() || !again.isEmpty()) {
                checked++;
                confirmed.addAll(again);
                continue;
            }
            open.add(look.account());
            look.drifts().forEach(drift -> suspicions.add(Suspicion.of(drift)));
            if (look.verdict() == Look.Verdict.NOT_BOOKED_YET) {
                behind.add(look.account());
            }
        }
        return new Round(new Findings(checked, 0, confirmed), open, behind, suspicions);
    }

    /** Without a further look: what is open is known to be neither. */
    Findings closed() {
        return settled.plus(new Findings(open.size(), open.size(), List.of()));
    }
}
