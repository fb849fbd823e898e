package io.tollgate.loadtest.check;

import io.tollgate.loadtest.check.Invariant.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** At least one invariant is broken. */
public final class NotConservedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotConservedException(List<Verdict> verdicts) {
        super(verdicts.stream()
                .filter(verdict -> !verdict.holds())
                .map(verdict -> verdict.invariant() + ": " + verdict.offences().size() + " offences")
                .collect(Collectors.joining("; ", "not conserved: ", "")));
    }
}
