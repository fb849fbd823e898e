package io.tollgate.metering.live;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.command.ApplyResult;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.usage.UsageDetail;
import io.tollgate.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Short words for what tests do to one account of a live store; amounts are micro-credits. */
public final class Calls {

    public static final long START = 1_800_000_000_000L;
    public static final Duration TTL = Duration.ofMinutes(1);
    public static final UsageDetail DETAIL = new UsageDetail(
            "key_1",
            "chat",
            "gpt-4o",
            UsageDetail.Outcome.COMPLETED,
            TokenUsage.of(10, 20),
            UsageDetail.CountedBy.UPSTREAM);

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();

    public final AccountId account = new AccountId("account-" + ACCOUNTS.incrementAndGet());
    private final LiveStore store;
    private long lastCommand;

    /** An active account with nothing on it. */
    public Calls(LiveStore store) {
        this.store = store;
        store.book(empty(account));
    }

    public static AccountSnapshot empty(AccountId account) {
        return new AccountSnapshot(account, AccountState.ACTIVE, List.of(), 0, 0, 0, "");
    }

    public static HoldId newHold() {
        return HoldId.bornAt(START);
    }

    /** Grants by the account's next command; the grant's number is the command's. */
    public Calls credit(long micros) {
        return grant(micros, 100, Lot.NEVER);
    }

    public Calls grant(long micros, int priority, long expiresAtMillis) {
        return command(new Command.Grant(lastCommand + 1, Credits.ofMicros(micros), priority, expiresAtMillis));
    }

    public Calls command(Command command) {
        lastCommand++;
        ApplyResult result = apply(lastCommand, "command-" + account + "-" + lastCommand, command);
        if (!(result instanceof ApplyResult.Applied)) {
            throw new AssertionError(result);
        }
        return this;
    }

    public ApplyResult apply(long number, String id, Command command) {
        IssuedCommand issued = new IssuedCommand(account, number, id, command);
        ApplyResult result = Await.value(store.commands().apply(issued));
        if (result instanceof ApplyResult.Absent) {
            store.seed(empty(account));
            return Await.value(store.commands().apply(issued));
        }
        return result;
    }

    public HoldResult hold(HoldId id, long micros) {
        return hold(id, micros, TTL);
    }

    public HoldResult hold(HoldId id, long micros, Duration ttl) {
        return Await.value(store.reservations().hold(new HoldRequest(account, id, Credits.ofMicros(micros), ttl)));
    }

    /** A new hold that must succeed. */
    public HoldId held(long micros) {
        HoldId id = newHold();
        HoldResult result = hold(id, micros);
        if (!(result instanceof HoldResult.Held)) {
            throw new AssertionError(result);
        }
        return id;
    }

    public EndResult settle(HoldId id, long micros, Overage overage) {
        return end(id, new Ending.Settle(Credits.ofMicros(micros), overage, DETAIL));
    }

    public EndResult release(HoldId id) {
        return end(id, new Ending.Release(DETAIL));
    }

    public EndResult expire(HoldId id) {
        return end(id, new Ending.Expire());
    }

    public EndResult end(HoldId id, Ending ending) {
        return Await.value(store.reservations().end(account, id, ending));
    }

    public AccountSnapshot position() {
        return Await.value(store.accounts().read(account));
    }

    public List<UsageEvent> events() {
        return store.events(account);
    }

    public UsageEvent lastEvent() {
        return events().getLast();
    }
}
