package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.reconciliation.Drift.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Finds what differs; decides nothing about whether the two may be compared. */
final class Comparison {

    private final AccountId account;
    private final List<Drift> drifts = new ArrayList<>();

    private Comparison(AccountId account) {
        this.account = account;
    }

    static List<Drift> of(BookedFigures booked) {
        Comparison found = new Comparison(booked.account());
        found.differ(Kind.BOOK_SUM, booked.postedMicros(), sum(booked.lots()) - booked.debtMicros());
        return found.drifts;
    }

    static List<Drift> of(BookedSums sums) {
        Comparison found = new Comparison(sums.account());
        found.differ(Kind.LEDGER, sums.postedMicros(), sums.ledgerMicros());
        found.differ(Kind.EVENTS, sums.postedMicros(), sums.eventsMicros());
        found.differ(Kind.USAGE, text(sums.usage()), text(sums.rolledUp()));
        return found.drifts;
    }

    /** The live store with itself. */
    static List<Drift> of(AccountId account, LiveFigures live) {
        Comparison found = new Comparison(account);
        found.differ(Kind.LIVE_SUM, live.postedMicros(), sum(live.lots()) - live.debtMicros());
        found.differ(Kind.HELD, live.holds().micros(), live.counted().micros());
        found.differ(Kind.OPEN_HOLDS, live.holds().number(), live.counted().number());
        return found.drifts;
    }

    /** To be called for figures of the same point of the account's history. */
    static List<Drift> of(LiveFigures live, BookedFigures booked) {
        Comparison found = new Comparison(booked.account());
        found.differ(Kind.POSTED, live.postedMicros(), booked.postedMicros());
        found.differ(Kind.DEBT, live.debtMicros(), booked.debtMicros());
        found.differ(Kind.STATE, live.state().name(), booked.state().name());
        found.differ(
                Kind.LAST_COMMAND,
                command(live.lastCommand(), live.lastCommandId()),
                command(booked.lastCommand(), booked.lastCommandId()));
        found.differ(Kind.LOTS, text(live.lots()), text(booked.lots()));
        return found.drifts;
    }

    private void differ(Kind kind, long found, long expected) {
        if (found != expected) {
            drifts.add(Drift.of(account, kind, found, expected));
        }
    }

    private void differ(Kind kind, String found, String expected) {
        if (!found.equals(expected)) {
            drifts.add(new Drift(account, kind, found, expected));
        }
    }

    private static String command(long number, String id) {
        return number + " " + id;
    }

    private static String text(SortedMap<Long, Long> lots) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Long, Long> lot : lots.entrySet()) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(lot.getKey())
                    .append(':')
                    .append(lot.getValue());
        }
        return text.toString();
    }

    private static String text(BookedSums.Usage usage) {
        return usage.events() + " events, " + usage.chargedMicros();
    }

    private static long sum(SortedMap<Long, Long> lots) {
        return lots.values().stream().mapToLong(Long::longValue).sum();
    }
}
