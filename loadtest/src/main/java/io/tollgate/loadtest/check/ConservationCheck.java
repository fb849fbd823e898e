package io.tollgate.loadtest.check;

import io.tollgate.loadtest.api.Target;
import io.tollgate.loadtest.api.TargetException;
import io.tollgate.loadtest.call.Call;
import io.tollgate.loadtest.call.CallLog;
import io.tollgate.loadtest.check.Evidence.Charge;
import io.tollgate.loadtest.check.Evidence.Position;
import io.tollgate.loadtest.check.Invariant.Verdict;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares, by account and by call, what clients were told with what Redis, Postgres and the provider say. */
public final class ConservationCheck {
    /** Holds of clients that went away live until their deadline; the flush needs a moment only. */
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("conservation.patience-seconds", 60));

    private final Witnesses witnesses;
    private final List<Call> told;
    private final Set<String> accounts = new TreeSet<>();
    private final Duration patience;

    ConservationCheck(Witnesses witnesses, List<Call> told, Duration patience) {
        this.witnesses = witnesses;
        this.told = told;
        this.patience = patience;
        told.forEach(call -> accounts.add(call.account()));
    }

    public static ConservationCheck of(Target target, Path calls) {
        return new ConservationCheck(new HttpWitnesses(target), CallLog.read(calls), PATIENCE);
    }

    /** Prints what was found; throws unless every invariant holds. */
    public void demand(PrintStream out) {
        Evidence evidence = gather();
        List<Verdict> verdicts = Invariants.judge(evidence);
        Report.print(evidence, verdicts, out);
        if (!verdicts.stream().allMatch(Verdict::holds)) {
            throw new NotConservedException(verdicts);
        }
    }

    private Evidence gather() {
        List<Position> positions = AtRest.await(witnesses, accounts, patience);
        List<Charge> charges = witnesses.charges(accounts);
        Set<String> requestIds = Stream.concat(
                        told.stream().map(Call::requestId).flatMap(Stream::ofNullable),
                        charges.stream().map(Charge::requestId))
                .collect(Collectors.toSet());
        return new Evidence(told, positions, charges, witnesses.deliveries(accounts, requestIds), witnesses.books());
    }

    /** Exit status 1: not conserved; 2: could not be checked. */
    public static void main(String[] arguments) {
        Path calls = Path.of(arguments.length > 0 ? arguments[0] : "target/calls.jsonl");
        try {
            of(Target.fromEnvironment(), calls).demand(System.out);
        } catch (NotConservedException e) {
            System.exit(1);
        } catch (TargetException | IllegalArgumentException | UncheckedIOException e) {
            System.err.println("The check could not be made: " + e.getMessage());
            System.exit(2);
        }
    }
}
