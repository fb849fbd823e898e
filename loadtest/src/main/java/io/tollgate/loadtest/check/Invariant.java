package io.tollgate.loadtest.check;

import java.util.List;
import java.util.function.Function;

/** Something that has to be true of every run; names whoever offends against it. */
record Invariant(String name, Function<Evidence, List<String>> search) {

    Verdict judge(Evidence evidence) {
        return new Verdict(name, search.apply(evidence));
    }

    /** What became of one invariant; it holds where nobody offends. */
    record Verdict(String invariant, List<String> offences) {
        Verdict {
            offences = List.copyOf(offences);
        }

        boolean holds() {
            return offences.isEmpty();
        }
    }
}
