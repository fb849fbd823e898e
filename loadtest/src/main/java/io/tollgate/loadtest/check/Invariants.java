package io.tollgate.loadtest.check;

import static io.tollgate.loadtest.call.Micros.text;

import io.tollgate.loadtest.call.Call;
import io.tollgate.loadtest.check.Evidence.Charge;
import io.tollgate.loadtest.check.Evidence.Delivery;
import io.tollgate.loadtest.check.Evidence.Extent;
import io.tollgate.loadtest.check.Evidence.Position;
import io.tollgate.loadtest.check.Invariant.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that the conservation check demands, in the order in which it reports. */
final class Invariants {
    private static final Invariant BALANCED =
            new Invariant("granted = posted + spent + expired + clawed back", Invariants::unbalancedAccounts);
    private static final Invariant NOTHING_HELD = new Invariant("held = 0", Invariants::accountsWithHolds);
    private static final Invariant ALIKE = new Invariant("Redis = Postgres", Invariants::driftingAccounts);
    private static final Invariant BOOKS = new Invariant("books sum to zero", Invariants::unbalancedUnits);

    private static final List<Invariant> ALL = List.of(
            BALANCED,
            NOTHING_HELD,
            ALIKE,
            new Invariant("spent = sum of charges", Invariants::accountsWithOtherCharges),
            new Invariant("charged once", Invariants::callsChargedTwice),
            new Invariant("told = charged", Invariants::callsToldOtherwise),
            new Invariant("charged -> told", Invariants::chargesNobodyWasTold),
            new Invariant("delivered -> charged", Invariants::deliveriesUncharged),
            new Invariant("charged -> delivered", Invariants::chargesUndelivered),
            BOOKS);

    private Invariants() {}

    static List<Verdict> judge(Evidence evidence) {
        return ALL.stream().map(invariant -> invariant.judge(evidence)).toList();
    }

    /** What needs no list of calls; {@code costs} is what each account's answers must have cost together. */
    static List<Verdict> judgeTotals(Evidence evidence, Map<String, Long> costs) {
        Invariant spent = new Invariant(
                "spent = cost of all answers",
                all -> accounts(
                        all,
                        at -> at.booked().spent()
                                != costs.getOrDefault(at.account(), at.booked().spent())));
        return Stream.of(BALANCED, NOTHING_HELD, ALIKE, spent, BOOKS)
                .map(invariant -> invariant.judge(evidence))
                .toList();
    }

    private static List<String> unbalancedAccounts(Evidence evidence) {
        return accounts(
                evidence,
                at -> at.booked().granted()
                        != at.booked().posted() + at.booked().gone());
    }

    private static List<String> accountsWithHolds(Evidence evidence) {
        return accounts(evidence, at -> at.live() != null && at.live().held() != 0);
    }

    private static List<String> driftingAccounts(Evidence evidence) {
        return accounts(
                evidence,
                at -> at.live() != null && at.live().posted() != at.booked().posted());
    }

    private static List<String> accountsWithOtherCharges(Evidence evidence) {
        Map<String, Long> charged = evidence.charges().stream()
                .collect(Collectors.groupingBy(Charge::account, Collectors.summingLong(Charge::micros)));
        return accounts(evidence, at -> at.booked().spent() != charged.getOrDefault(at.account(), 0L));
    }

    private static List<String> accounts(Evidence evidence, Predicate<Position> offends) {
        return evidence.accounts().stream()
                .filter(offends)
                .map(Invariants::describe)
                .toList();
    }

    private static String describe(Position at) {
        String booked = at.account() + ": granted " + text(at.booked().granted()) + ", spent "
                + text(at.booked().spent()) + ", expired " + text(at.booked().expired()) + ", clawed back "
                + text(at.booked().clawedBack()) + ", posted "
                + text(at.booked().posted());
        return at.live() == null
                ? booked
                : booked + "; in Redis posted " + text(at.live().posted()) + ", held "
                        + text(at.live().held());
    }

    private static List<String> callsChargedTwice(Evidence evidence) {
        return evidence.chargesById().entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + ": " + entry.getValue().size() + " times")
                .toList();
    }

    private static List<String> callsToldOtherwise(Evidence evidence) {
        Map<String, List<Charge>> charges = evidence.chargesById();
        List<String> offences = new ArrayList<>();
        for (Call call : evidence.told()) {
            long charged = charges.getOrDefault(String.valueOf(call.requestId()), List.of()).stream()
                    .mapToLong(Charge::micros)
                    .sum();
            String offence = offence(call, charged);
            if (offence != null) {
                offences.add(call.account() + " " + call.requestId() + ": " + offence);
            }
        }
        return offences;
    }

    private static @Nullable String offence(Call call, long charged) {
        return switch (call.outcome()) {
            case BROKEN -> null;
            case REFUSED -> charged == 0 ? null : "refused, but charged " + text(charged);
            case ANSWERED ->
                call.costMicros() == null
                        ? "answered without saying what it cost, charged " + text(charged)
                        : call.costMicros() == charged
                                ? null
                                : "told " + text(call.costMicros()) + ", charged " + text(charged);
        };
    }

    private static List<String> chargesNobodyWasTold(Evidence evidence) {
        Set<String> told = evidence.toldIds();
        Map<String, List<Charge>> untold = evidence.charges().stream()
                .filter(charge -> !told.contains(charge.requestId()))
                .collect(Collectors.groupingBy(Charge::account));
        return untold.entrySet().stream()
                .filter(entry -> entry.getValue().size() > evidence.broken(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .map(charge -> charge.account() + " " + charge.requestId() + ": charged " + text(charge.micros()))
                .toList();
    }

    private static List<String> deliveriesUncharged(Evidence evidence) {
        Map<String, List<Charge>> charges = evidence.chargesById();
        return evidence.deliveries().stream()
                .filter(delivery -> delivery.extent() == Extent.WHOLE)
                .filter(delivery -> !charges.containsKey(delivery.requestId()))
                .map(delivery -> delivery.requestId() + ": " + tokens(delivery) + " for nothing")
                .toList();
    }

    private static List<String> chargesUndelivered(Evidence evidence) {
        Map<String, List<Delivery>> deliveries = evidence.deliveriesById();
        return evidence.charges().stream()
                .filter(charge -> charge.micros() > 0)
                .map(charge -> undelivered(charge, deliveries.getOrDefault(charge.requestId(), List.of())))
                .filter(offence -> !offence.isEmpty())
                .toList();
    }

    /** Where the whole answer went out, its own count is what had to be charged. */
    private static String undelivered(Charge charge, List<Delivery> deliveries) {
        if (deliveries.stream().allMatch(delivery -> delivery.extent() == Extent.NONE)) {
            return charge.account() + " " + charge.requestId() + ": charged " + text(charge.micros())
                    + ", nothing delivered";
        }
        boolean asCounted = deliveries.stream()
                .anyMatch(delivery -> delivery.extent() != Extent.WHOLE
                        || (delivery.inputTokens() == charge.inputTokens()
                                && delivery.outputTokens() == charge.outputTokens()));
        return asCounted
                ? ""
                : charge.account() + " " + charge.requestId() + ": charged for " + charge.inputTokens() + " + "
                        + charge.outputTokens() + " tokens, delivered " + tokens(deliveries.getFirst());
    }

    private static String tokens(Delivery delivery) {
        return delivery.inputTokens() + " + " + delivery.outputTokens() + " tokens";
    }

    private static List<String> unbalancedUnits(Evidence evidence) {
        return evidence.books().entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }
}
