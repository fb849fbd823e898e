package io.tollgate.loadtest.check;

import static io.tollgate.loadtest.call.Micros.text;

import io.tollgate.loadtest.check.Evidence.Charge;
import io.tollgate.loadtest.check.Evidence.Position;
import io.tollgate.loadtest.check.Invariant.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The check's findings for a person: a row per account, a line per invariant, the offenders by name. */
final class Report {
    private static final String ROW = "%-40s %14s %14s %14s %14s %14s %14s%n";
    private static final int MOST_ROWS = 25;
    private static final int MOST_OFFENCES = 20;

    private Report() {}

    static void print(Evidence evidence, List<Verdict> verdicts, PrintStream out) {
        out.println("Conservation: " + evidence.told().size() + " calls on "
                + evidence.accounts().size() + " accounts, "
                + evidence.charges().size() + " charged, "
                + evidence.deliveries().size() + " delivered");
        out.printf(ROW, "account", "granted", "told", "charged", "spent", "posted", "in Redis");
        Map<String, Long> told = sums(evidence.told().stream()
                .filter(call -> call.costMicros() != null)
                .map(call -> Map.entry(call.account(), Objects.requireNonNull(call.costMicros()))));
        Map<String, Long> charged =
                sums(evidence.charges().stream().map((Charge charge) -> Map.entry(charge.account(), charge.micros())));
        evidence.accounts().stream().limit(MOST_ROWS).forEach(at -> row(at, told, charged, out));
        more(evidence.accounts().size() - MOST_ROWS, "accounts", out);
        print(verdicts, out);
    }

    static void print(List<Verdict> verdicts, PrintStream out) {
        verdicts.forEach(verdict -> print(verdict, out));
    }

    private static Map<String, Long> sums(Stream<Map.Entry<String, Long>> amounts) {
        return amounts.collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
    }

    private static void row(Position at, Map<String, Long> told, Map<String, Long> charged, PrintStream out) {
        out.printf(
                ROW,
                at.account(),
                text(at.booked().granted()),
                text(told.getOrDefault(at.account(), 0L)),
                text(charged.getOrDefault(at.account(), 0L)),
                text(at.booked().spent()),
                text(at.booked().posted()),
                at.live() == null ? "-" : text(at.live().posted()));
    }

    private static void print(Verdict verdict, PrintStream out) {
        out.println((verdict.holds() ? "  holds   " : "  BROKEN  ") + verdict.invariant());
        verdict.offences().stream().limit(MOST_OFFENCES).forEach(offence -> out.println("            " + offence));
        more(verdict.offences().size() - MOST_OFFENCES, "offences", out);
    }

    private static void more(int left, String what, PrintStream out) {
        if (left > 0) {
            out.println("            and " + left + " more " + what);
        }
    }
}
