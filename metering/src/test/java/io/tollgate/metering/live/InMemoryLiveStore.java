package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.command.ApplyResult;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.live.ModelAccount.Effect;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageEvent.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The model: what the live store is to do, said as plainly as possible, one operation at a time. */
public final class InMemoryLiveStore implements LiveStore, LiveAccounts, LiveCommands {

    private final Map<AccountId, AccountSnapshot> booked = new HashMap<>();
    private final Map<AccountId, ModelAccount> accounts = new HashMap<>();
    private final List<UsageEvent> events = new ArrayList<>();
    private final ModelReservations reservations = new ModelReservations(this);
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
    public LiveCommands commands() {
        return this;
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
    public Mono<AccountSnapshot> read(AccountId id) {
        return Mono.fromSupplier(() -> {
            synchronized (this) {
                ModelAccount account = accounts.get(id);
                return account == null ? null : account.snapshot();
            }
        });
    }

    @Override
    public Mono<Void> seed(AccountSnapshot snapshot, long epoch) {
        return Mono.fromRunnable(() -> seed(snapshot));
    }

    @Override
    public synchronized void seed(AccountSnapshot snapshot) {
        accounts.computeIfAbsent(snapshot.account(), id -> new ModelAccount(snapshot));
    }

    /** Seeds it if the book has it. */
    @Nullable
    ModelAccount present(AccountId id) {
        AccountSnapshot known = booked.get(id);
        return known == null ? accounts.get(id) : accounts.computeIfAbsent(id, x -> new ModelAccount(known));
    }

    void append(
            Kind kind, String id, ModelAccount account, long total, Effect effect, long command, UsageDetail detail) {
        append(kind, id, account, total, effect, command, detail.encode());
    }

    void append(Kind kind, String id, ModelAccount account, long total, Effect effect, long command, String detail) {
        events.add(ModelEvents.event(events.size() + 1L, kind, id, account, total, effect, command, now, detail));
    }

    @Override
    public Mono<ApplyResult> apply(IssuedCommand command) {
        return Mono.fromSupplier(() -> {
            synchronized (this) {
                return applied(command);
            }
        });
    }

    private ApplyResult applied(IssuedCommand issued) {
        ModelAccount account = accounts.get(issued.account());
        if (account == null) {
            return new ApplyResult.Absent();
        }
        if (issued.number() <= account.lastCommand) {
            return new ApplyResult.Applied();
        }
        if (issued.number() > account.lastCommand + 1) {
            return new ApplyResult.Gap(account.lastCommand + 1);
        }
        account.lastCommand = issued.number();
        account.lastCommandId = issued.id();
        Effect none = new Effect(0, 0, 0, List.of());
        switch (issued.command()) {
            case Command.Grant grant -> {
                Effect effect = account.grant(
                        new Lot(grant.grant(), grant.amount(), grant.priority(), grant.expiresAtMillis()));
                append(Kind.GRANTED, issued.id(), account, 0, effect, issued.number(), "");
            }
            case Command.LateCharge late -> {
                Effect effect = account.charge(late.actual().micros());
                append(Kind.CHARGED, issued.id(), account, 0, effect, issued.number(), late.detail());
            }
            case Command.Freeze _ -> {
                account.state = account.state == AccountState.ACTIVE ? AccountState.FROZEN : account.state;
                append(Kind.FROZEN, issued.id(), account, 0, none, issued.number(), "");
            }
            case Command.Thaw _ -> {
                account.state = account.state == AccountState.FROZEN ? AccountState.ACTIVE : account.state;
                append(Kind.THAWED, issued.id(), account, 0, none, issued.number(), "");
            }
            case Command.Close _ -> {
                account.state = AccountState.CLOSED;
                append(Kind.CLOSED, issued.id(), account, 0, none, issued.number(), "");
            }
            case Command.Clawback _, Command.ReplaceAllowance _ ->
                throw new UnsupportedOperationException("the model does not know it yet: " + issued);
        }
        return new ApplyResult.Applied();
    }
}
