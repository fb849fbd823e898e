package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.usage.BatchOutcome.Drift;
import io.tollgate.metering.usage.BatchOutcome.HoldEnd;
import io.tollgate.metering.usage.BatchOutcome.Quarantined;
import io.tollgate.metering.usage.BookState.CommandKey;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.EventKey;
import io.tollgate.metering.usage.BookState.ExpiryKey;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import io.tollgate.metering.usage.UsageEntry.Illegible;
import io.tollgate.metering.usage.UsageEntry.Legible;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds a batch of events into what the book knew before. Pure: it decides what is new, what is booked already and what cannot be
 * booked; the adapter only loads and stores.
 */
public final class BatchBooking {

    private static final int VERSION_OF_HOLD_IDS = 7;
    private static final Set<Kind> GIVEN_BACK = Set.of(Kind.RELEASED, Kind.EXPIRED);
    private static final Set<Kind> ENDS = Set.of(Kind.SETTLED, Kind.CHARGED, Kind.RELEASED, Kind.EXPIRED);

    private final BookState before;
    private final Fitting fitting;
    private final Map<AccountId, AccountBooking> accounts = new LinkedHashMap<>();
    private final Map<Long, LotState> lots;
    private final Set<EventKey> ended;
    private final Set<ExpiryKey> expired;
    private final List<HoldEnd> ends = new ArrayList<>();
    private final List<AccountEvent> accountEvents = new ArrayList<>();
    private final List<CommandKey> commands = new ArrayList<>();
    private final List<Quarantined> quarantined = new ArrayList<>();

    private BatchBooking(BookState before, Fitting fitting) {
        this.before = before;
        this.fitting = fitting;
        this.lots = new HashMap<>(before.lots());
        this.ended = new HashSet<>(before.bookedBefore());
        this.expired = new HashSet<>(before.expiredBefore());
    }

    /** Books the batch on top of {@code before}, which must know every account, lot and command that the batch names. */
    public static BatchOutcome of(BookState before, List<PartitionEntries> batch) {
        return of(before, new Fitting.AsItIs(), batch);
    }

    /**
     * Books events that were decided on another history than the book's, made to fit it by {@link Reapportioning}. Commands that the
     * book has otherwise, or not yet, are passed over: it counts, and their accounts are seeded from it.
     *
     * @param before must know every lot of the accounts that has something left
     * @param occasion tells the ledger transactions from others at the same positions
     */
    public static BatchOutcome fitted(BookState before, String occasion, List<PartitionEntries> batch) {
        return of(before, new Fitting.ToTheBook(occasion), batch);
    }

    private static BatchOutcome of(BookState before, Fitting fitting, List<PartitionEntries> batch) {
        BatchBooking booking = new BatchBooking(before, fitting);
        for (PartitionEntries read : batch) {
            for (UsageEntry entry : read.entries()) {
                booking.book(read.partition(), entry);
            }
        }
        return booking.outcome();
    }

    private void book(Partition partition, UsageEntry entry) {
        switch (entry) {
            case Illegible illegible -> quarantine(partition, illegible);
            case Legible(UsageEvent event) -> book(partition, event);
        }
    }

    private void book(Partition partition, UsageEvent event) {
        AccountBooking account = account(event.account());
        try {
            if (account == null) {
                throw new UnbookableException("no such account: " + event.account());
            }
            if (event.command() > 0) {
                bookCommand(partition, event, account);
            } else if (event.kind() == Kind.LOTS_EXPIRED) {
                bookExpiry(partition, event, account);
            } else {
                bookEnd(partition, event, account);
            }
        } catch (UnbookableException e) {
            quarantine(partition, event, account, e);
        }
    }

    private void bookEnd(Partition partition, UsageEvent event, AccountBooking account) throws UnbookableException {
        EventKey key = new EventKey(holdId(event.id()), event.kind());
        if (ended.contains(key)) {
            return;
        }
        if (GIVEN_BACK.contains(event.kind()) && hasEnded(key.id())) {
            bookExpiry(partition, event, account);
            return;
        }
        UsageEvent booked = account.book(fit(event, null, account), null);
        ended.add(key);
        ends.add(new HoldEnd(key.id(), partition, booked));
        addBreakage(partition, booked);
    }

    /** A hold ends once, and a charge stands; what went unused as it was given back did so all the same. */
    private void bookExpiry(Partition partition, UsageEvent event, AccountBooking account) throws UnbookableException {
        UsageEvent fitted = fit(event, null, account);
        if (fitted.expired().isEmpty() || expired.contains(new ExpiryKey(event.id(), event.position()))) {
            return;
        }
        addBreakage(partition, account.book(fitted, null));
    }

    private boolean hasEnded(UUID hold) {
        return ENDS.stream().anyMatch(kind -> ended.contains(new EventKey(hold, kind)));
    }

    private void addBreakage(Partition partition, UsageEvent booked) {
        if (!booked.expired().isEmpty()) {
            expired.add(new ExpiryKey(booked.id(), booked.position()));
            accountEvents.add(AccountEvent.breakageOf(partition, booked));
        }
    }

    private void bookCommand(Partition partition, UsageEvent event, AccountBooking account) throws UnbookableException {
        if (account.hasApplied(event.command())) {
            return;
        }
        CommandKey key = new CommandKey(event.account(), event.command());
        CommandState command = before.commands().get(key);
        boolean inTurn = event.command() == account.position().applied() + 1;
        if (command == null || !command.id().equals(event.id()) || (fitting.passesOver() && !inTurn)) {
            if (fitting.passesOver()) {
                return;
            }
            throw new UnbookableException("not the command that was issued under this number");
        }
        if (command.command() instanceof Command.LateCharge late) {
            UUID hold = holdId(late.holdId());
            UsageEvent booked = account.book(fit(event, command, account), command);
            ended.add(new EventKey(hold, event.kind()));
            ends.add(new HoldEnd(hold, partition, booked));
            addBreakage(partition, booked);
        } else {
            UsageEvent booked = account.book(fit(event, command, account), command);
            accountEvents.add(AccountEvent.of(partition, booked, command.grant()));
        }
        commands.add(key);
    }

    private UsageEvent fit(UsageEvent event, @Nullable CommandState command, AccountBooking account)
            throws UnbookableException {
        try {
            return fitting.fit(event, command, account.position(), lots);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new UnbookableException("amounts that cannot be apportioned: " + e.getMessage(), e);
        }
    }

    private @Nullable AccountBooking account(AccountId id) {
        AccountBooking known = accounts.get(id);
        Position position = before.accounts().get(id);
        if (known == null && position != null) {
            known = new AccountBooking(id, position, lots);
            accounts.put(id, known);
        }
        return known;
    }

    private void quarantine(
            Partition partition, UsageEvent event, @Nullable AccountBooking account, UnbookableException why) {
        Quarantined.Cause cause = account != null && account.isQuarantined()
                ? Quarantined.Cause.FOLLOWS_ONE_THAT_CANNOT
                : Quarantined.Cause.CANNOT_BE_BOOKED;
        if (account != null) {
            account.quarantine();
        }
        quarantined.add(new Quarantined(
                partition,
                event.position(),
                account == null ? "" : event.account().value(),
                cause,
                why.getMessage(),
                event.toString(),
                event));
    }

    private void quarantine(Partition partition, Illegible entry) {
        AccountBooking account = AccountId.isAllowed(entry.account()) ? account(new AccountId(entry.account())) : null;
        if (account != null) {
            account.quarantine();
        }
        quarantined.add(new Quarantined(
                partition,
                entry.position(),
                account == null ? "" : entry.account(),
                Quarantined.Cause.CANNOT_BE_BOOKED,
                entry.reason(),
                entry.fields(),
                entry.event()));
    }

    private BatchOutcome outcome() {
        Map<AccountId, Position> positions = new LinkedHashMap<>();
        List<LedgerTransaction> ledger = new ArrayList<>();
        List<Drift> drifts = new ArrayList<>();
        accounts.forEach((id, account) -> {
            account.ledger().stream().map(fitting::named).forEach(ledger::add);
            Drift drift = account.drift();
            if (drift != null) {
                drifts.add(drift);
            }
            if (account.hasChanged()) {
                positions.put(id, account.position());
            }
        });
        Map<Long, LotState> filled = new LinkedHashMap<>();
        Map<Long, LotState> changed = new LinkedHashMap<>();
        lots.forEach((grant, lot) -> {
            LotState was = before.lots().get(grant);
            if (was == null) {
                filled.put(grant, lot);
            } else if (!was.equals(lot)) {
                changed.put(grant, lot);
            }
        });
        return new BatchOutcome(ends, accountEvents, positions, filled, changed, ledger, commands, drifts, quarantined);
    }

    private static UUID holdId(String text) throws UnbookableException {
        try {
            UUID id = UUID.fromString(text);
            if (id.version() == VERSION_OF_HOLD_IDS) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw new UnbookableException("not a hold's id: " + text, e);
        }
        throw new UnbookableException("not a hold's id: " + text);
    }
}
