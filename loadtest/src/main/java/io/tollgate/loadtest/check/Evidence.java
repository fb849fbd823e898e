package io.tollgate.loadtest.check;

import io.tollgate.loadtest.call.Call;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each witness says, once all is at rest.
 *
 * @param told what clients were told
 * @param accounts where each account of the run stands, in Redis and in Postgres
 * @param charges the usage that Postgres has booked on those accounts
 * @param deliveries what the provider answered on behalf of those accounts
 * @param books the sum of all ledger entries, by unit
 */
record Evidence(
        List<Call> told,
        List<Position> accounts,
        List<Charge> charges,
        List<Delivery> deliveries,
        Map<String, Long> books) {

    /** Amounts in micro-credits; posted is below zero where there is debt. */
    record Position(String account, Booked booked, @Nullable Live live) {

        /** Nothing held, all booked, every grant arrived. */
        boolean isAtRest() {
            boolean arrived = booked.granted() == booked.posted() + booked.gone();
            return arrived && (live == null || (live.held() == 0 && live.posted() == booked.posted()));
        }
    }

    /** An account in Postgres. */
    record Booked(long granted, long spent, long expired, long clawedBack, long posted) {

        /** What was granted and is not posted any more. */
        long gone() {
            return spent + expired + clawedBack;
        }
    }

    /** An account in Redis, which may have no entry for an idle one. */
    record Live(long posted, long held) {}

    /** A call that was charged, under the gateway's name for it. */
    record Charge(String requestId, String account, long micros, long inputTokens, long outputTokens) {}

    /** An answer of the provider to one of the run's calls; not whole where its client went away or a fault cut it. */
    record Delivery(String requestId, Extent extent, long inputTokens, long outputTokens) {}

    /** How much of an answer went out. */
    enum Extent {
        WHOLE,
        PARTIAL,
        NONE
    }

    Evidence {
        told = List.copyOf(told);
        accounts = List.copyOf(accounts);
        charges = List.copyOf(charges);
        deliveries = List.copyOf(deliveries);
        books = Map.copyOf(books);
    }

    Map<String, List<Charge>> chargesById() {
        return charges.stream().collect(Collectors.groupingBy(Charge::requestId));
    }

    Map<String, List<Delivery>> deliveriesById() {
        return deliveries.stream().collect(Collectors.groupingBy(Delivery::requestId));
    }

    /** Calls of which the client never learned the name: as many charges may be unknown to it, no more. */
    long broken(String account) {
        return told.stream()
                .filter(call -> call.account().equals(account) && call.requestId() == null)
                .count();
    }

    Set<String> toldIds() {
        return told.stream().map(Call::requestId).flatMap(Stream::ofNullable).collect(Collectors.toSet());
    }
}
