package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.live.ModelAccount.OpenHold;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The model: what the live store is to do, said as plainly as possible, one operation at a time. */
public final class InMemoryLiveStore implements LiveStore, LiveAccounts, AccountRemoval {

    /** What a removed account had done. */
    private record Marker(long lastEvent, long lastCommand) {}

    private final Partitions partitions = new Partitions(PARTITIONS);
    private final Map<AccountId, AccountSnapshot> booked = new HashMap<>();
    private final Map<AccountId, ModelAccount> accounts = new HashMap<>();
    private final Map<AccountId, Map<HoldId, OpenHold>> holds = new HashMap<>();
    private final Map<AccountId, Marker> markers = new HashMap<>();
    private final List<UsageEvent> events = new ArrayList<>();
    private final Map<Partition, Long> lastEvents = new HashMap<>();
    private final ModelReservations reservations = new ModelReservations(this);
    private final ModelCommands commands = new ModelCommands(this);
    private long now;

    @Override
    public Reservations reservations() {
        return reservations;
    }

    @Override
    public LiveAccounts accounts() {
        return this;
    }

    @Override
    public AccountRemoval removal() {
        return this;
    }

    @Override
    public LiveCommands commands() {
        return commands;
    }

    @Override
    public synchronized void book(AccountSnapshot account) {
        booked.put(account.account(), account);
    }

    @Override
    public synchronized void now(long millis) {
        now = millis;
    }

    synchronized long now() {
        return now;
    }

    @Override
    public synchronized List<UsageEvent> events(AccountId account) {
        return events.stream().filter(event -> event.account().equals(account)).toList();
    }

    @Override
    public synchronized BookedUpTo standing(AccountId account) {
        Partition partition = partitions.of(account);
        return new BookedUpTo(1, lastEvents.getOrDefault(partition, 0L));
    }

    @Override
    public Mono<AccountSnapshot> read(AccountId id) {
        return Mono.fromSupplier(() -> {
            synchronized (this) {
                ModelAccount account = touched(id);
                return account == null ? null : account.snapshot();
            }
        });
    }

    @Override
    public Mono<Seeding> seed(AccountSnapshot snapshot, long epoch) {
        return Mono.fromSupplier(() -> seed(snapshot));
    }

    @Override
    public synchronized Seeding seed(AccountSnapshot snapshot) {
        AccountId id = snapshot.account();
        Marker marker = markers.get(id);
        if (accounts.containsKey(id)) {
            return Seeding.IN_PLACE;
        }
        if (marker != null
                && (marker.lastEvent() > numberOf(snapshot.booked())
                        || marker.lastCommand() > snapshot.lastCommand())) {
            return Seeding.BEHIND;
        }
        accounts.put(
                id,
                new ModelAccount(
                        snapshot,
                        holds.computeIfAbsent(id, x -> new HashMap<>()),
                        standing(id).number()));
        return Seeding.IN_PLACE;
    }

    @Override
    public Mono<Removal> evict(AccountId id, BookedUpTo booked, Duration idle) {
        return Mono.fromSupplier(() -> remove(id, booked, true));
    }

    @Override
    public Mono<Removal> drop(AccountId id, BookedUpTo booked) {
        return Mono.fromSupplier(() -> remove(id, booked, false));
    }

    private synchronized Removal remove(AccountId id, BookedUpTo upTo, boolean onlyIdle) {
        ModelAccount account = accounts.get(id);
        if (account == null) {
            return Removal.ABSENT;
        }
        if (account.lastEvent > numberOf(upTo) || (onlyIdle && !account.isIdle())) {
            return Removal.BUSY;
        }
        accounts.remove(id);
        markers.put(id, new Marker(account.lastEvent, account.lastCommand));
        return Removal.REMOVED;
    }

    /** Of the model's only epoch, nothing is booked in another. */
    private static long numberOf(BookedUpTo booked) {
        return booked.epoch() == 1 ? booked.number() : 0;
    }

    /** The events since this was last asked, and forgets them. */
    public synchronized List<UsageEvent> takeEvents() {
        List<UsageEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** The account as the book has it, without a hold, whatever it was before: its history was lost. */
    public synchronized void startAnew(AccountSnapshot snapshot) {
        AccountId id = snapshot.account();
        holds.remove(id);
        reservations.forget(id);
        accounts.remove(id);
        markers.remove(id);
        seed(snapshot);
    }

    /** Without touching the account, as reading it would. */
    public synchronized long lastCommand(AccountId id) {
        ModelAccount account = accounts.get(id);
        return account == null ? 0 : account.lastCommand;
    }

    /** The hold is open, and older than whatever expires from now on. */
    public synchronized void hasHold(AccountId account, HoldId hold, long total, long deadline) {
        holds.computeIfAbsent(account, x -> new HashMap<>()).put(hold, new OpenHold(total, deadline, 0));
    }

    public synchronized void hasSettled(AccountId account, HoldId hold, long charged, long uncollected) {
        reservations.settled(account, hold, charged, uncollected);
    }

    public synchronized void hasReturned(AccountId account, HoldId hold) {
        reservations.returned(account, hold);
    }

    /** Whether it is known how the hold ended. */
    public synchronized boolean hasEnded(AccountId account, HoldId hold) {
        return reservations.hasEnded(account, hold);
    }

    /** A hold that is not there and could not have been forgotten yet. */
    public synchronized boolean isUnknownAndYoung(AccountId account, HoldId hold) {
        return !holds.getOrDefault(account, Map.of()).containsKey(hold)
                && reservations.isUnknownAndYoung(account, hold);
    }

    /** The tombstone has died. */
    public synchronized void forget(AccountId account, HoldId hold) {
        reservations.forget(account, hold);
    }

    /** Seeds it if the book has it. */
    @Nullable
    ModelAccount present(AccountId id) {
        AccountSnapshot known = booked.get(id);
        if (known != null) {
            seed(known);
        }
        return touched(id);
    }

    /** As any script meets it: what is due has expired. */
    @Nullable
    ModelAccount touched(AccountId id) {
        ModelAccount account = accounts.get(id);
        if (account != null) {
            ModelEffect expired = account.expireDue(now);
            if (!expired.broken().isEmpty()) {
                append(Kind.LOTS_EXPIRED, id + ":1-" + account.lastEvent, account, 0, expired, 0, "");
            }
        }
        return account;
    }

    void append(
            Kind kind, String id, ModelAccount account, long total, ModelEffect effect, long command, String detail) {
        account.lastEvent = standing(account.id).number() + 1;
        EventPosition position = new EventPosition(1, account.lastEvent);
        lastEvents.put(partitions.of(account.id), account.lastEvent);
        events.add(ModelEvents.event(position, kind, id, account, total, effect, command, now, detail));
    }
}
