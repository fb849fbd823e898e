package io.tollgate.gateway.fault;

import io.tollgate.gateway.fault.Witnesses.Charge;
import io.tollgate.gateway.fault.Witnesses.Position;
import io.tollgate.sandbox.ai.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What everybody says about a run once all is at rest, held against each other.
 *
 * @param overspendMax by account, how far below zero this fault may have brought it
 * @param window the answered calls that this fault may leave uncharged
 */
record Findings(
        List<ClientCall> calls,
        List<Position> positions,
        List<Charge> charges,
        Map<String, List<Delivery>> deliveries,
        Map<String, Long> books,
        List<String> partitionsWithHolds,
        long quarantined,
        Map<String, Long> overspendMax,
        Predicate<ClientCall> window) {

    /** Whoever offends against what is always true; the loss window is not among them. */
    List<String> offences() {
        return Stream.of(
                        accounts(
                                "granted ≠ posted + spent + expired + clawed back",
                                at -> at.granted() != at.posted() + at.gone()),
                        accounts(
                                "held ≠ 0", at -> at.live() != null && at.live().held() != 0),
                        accounts(
                                "Redis ≠ Postgres",
                                at -> at.live() != null && at.live().posted() != at.posted()),
                        accounts("spent ≠ sum of charges", at -> at.spent() != charged(at.account())),
                        accounts("overspent", at -> -at.posted() > overspendMax.getOrDefault(at.account(), 0L)),
                        chargedTwice(),
                        refusedButCharged(),
                        toldOtherwise(),
                        chargedUntold(),
                        chargedUndelivered(),
                        books.entrySet().stream()
                                .filter(unit -> unit.getValue() != 0)
                                .map(unit -> "the books: " + unit.getValue() + " " + unit.getKey()),
                        partitionsWithHolds.stream().map(partition -> "holds are left in " + partition),
                        Stream.of(quarantined)
                                .filter(entries -> entries != 0)
                                .map(entries -> entries + " entries in quarantine"))
                .flatMap(found -> found)
                .toList();
    }

    /** Calls that were answered with a cost that nobody was ever charged. */
    List<ClientCall> lost() {
        Set<String> charged = chargesById().keySet();
        return calls.stream()
                .filter(call -> call.isAnswered() && !charged.contains(String.valueOf(call.requestId())))
                .toList();
    }

    List<ClientCall> lostBeyondTheWindow() {
        return lost().stream().filter(window.negate()).toList();
    }

    long toldMicros() {
        return sumMicros(calls.stream().filter(ClientCall::isAnswered).toList());
    }

    long lostMicros() {
        return sumMicros(lost());
    }

    long chargedMicros() {
        return charges.stream().mapToLong(Charge::micros).sum();
    }

    long debtMicros() {
        return positions.stream().mapToLong(at -> Math.max(0, -at.posted())).sum();
    }

    /** Calls that the provider answered whole and nobody was charged for, whether a client got the answer or not. */
    long givenAway() {
        Set<String> charged = chargesById().keySet();
        return deliveries.entrySet().stream()
                .filter(delivery -> delivery.getValue().stream().anyMatch(Delivery::isFinished))
                .filter(delivery -> !charged.contains(delivery.getKey()))
                .count();
    }

    static long sumMicros(List<ClientCall> calls) {
        return calls.stream()
                .map(ClientCall::costMicros)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    private Stream<String> accounts(String offence, Predicate<Position> offends) {
        return positions.stream().filter(offends).map(at -> offence + ": " + at);
    }

    private long charged(String account) {
        return charges.stream()
                .filter(charge -> charge.account().equals(account))
                .mapToLong(Charge::micros)
                .sum();
    }

    private Stream<String> chargedTwice() {
        return chargesById().entrySet().stream()
                .filter(call -> call.getValue().size() > 1)
                .map(call -> "charged " + call.getValue().size() + " times: " + call.getKey());
    }

    private Stream<String> refusedButCharged() {
        Map<String, List<Charge>> byId = chargesById();
        return calls.stream()
                .filter(call -> !call.isAnswered() && !call.isBroken())
                .filter(call -> byId.getOrDefault(String.valueOf(call.requestId()), List.of()).stream()
                        .anyMatch(charge -> charge.micros() != 0))
                .map(call -> "refused but charged: " + call);
    }

    private Stream<String> toldOtherwise() {
        Map<String, List<Charge>> byId = chargesById();
        return calls.stream().filter(ClientCall::isAnswered).flatMap(call -> {
            if (call.costMicros() == null) {
                return Stream.of("answered without a cost: " + call);
            }
            return byId.getOrDefault(String.valueOf(call.requestId()), List.of()).stream()
                    .filter(charge -> charge.micros() != call.costMicros())
                    .map(charge -> "charged " + charge.micros() + " other than told: " + call);
        });
    }

    /** A client whose connection broke may have been charged without knowing the call's name: so many charges may be unknown to it. */
    private Stream<String> chargedUntold() {
        Set<String> told =
                calls.stream().map(call -> String.valueOf(call.requestId())).collect(Collectors.toSet());
        Map<String, Long> nameless = calls.stream()
                .filter(call -> call.requestId() == null)
                .collect(Collectors.groupingBy(ClientCall::account, Collectors.counting()));
        List<String> offences = new ArrayList<>();
        charges.stream()
                .filter(charge -> !told.contains(charge.requestId()))
                .collect(Collectors.groupingBy(Charge::account))
                .forEach((account, untold) -> {
                    if (untold.size() > nameless.getOrDefault(account, 0L)) {
                        offences.add("charged but told nobody: " + untold);
                    }
                });
        return offences.stream();
    }

    private Stream<String> chargedUndelivered() {
        return charges.stream()
                .filter(charge -> charge.micros() > 0)
                .filter(this::isUndelivered)
                .map(charge -> "charged for another answer than the provider gave: " + charge + ", "
                        + deliveries.getOrDefault(charge.requestId(), List.of()));
    }

    private boolean isUndelivered(Charge charge) {
        return deliveries.getOrDefault(charge.requestId(), List.of()).stream()
                .noneMatch(delivery -> delivery.isFinished()
                        ? delivery.deliveredTokens() == charge.outputTokens()
                        : delivery.deliveredTokens() > 0);
    }

    private Map<String, List<Charge>> chargesById() {
        return charges.stream().collect(Collectors.groupingBy(Charge::requestId));
    }
}
