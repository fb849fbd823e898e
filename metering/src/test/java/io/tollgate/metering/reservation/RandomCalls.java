package io.tollgate.metering.reservation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.LiveStore;
import io.tollgate.metering.reservation.Ending.Overage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Makes up what clients, couriers and clocks might do to a few accounts: duplicates, wrong order, any amount. */
final class RandomCalls {

    /** Something that can be done to any live store, and what it answers. */
    record Call(AccountId account, String description, Function<LiveStore, Object> on) {}

    private static final int ACCOUNTS = 3;
    private static final int HOLDS_REMEMBERED = 12;

    private final Random random;
    private final List<AccountId> accounts = new ArrayList<>();
    private final Map<AccountId, List<HoldId>> holds = new HashMap<>();
    private final Map<AccountId, List<IssuedCommand>> commands = new HashMap<>();
    private final RandomRemovals removals;
    private long now = Calls.START;

    RandomCalls(long seed) {
        random = new Random(seed);
        removals = new RandomRemovals(random);
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountId account = new AccountId("random-" + Long.toUnsignedString(seed, 36) + "-" + i);
            accounts.add(account);
        }
    }

    List<AccountId> accounts() {
        return accounts;
    }

    /** @param position the account's position now, by which grants keep within the bound on what it may have */
    Call next(Function<AccountId, Optional<AccountSnapshot>> position) {
        AccountId account = accounts.get(random.nextInt(ACCOUNTS));
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> hold(account);
            case 4, 5 -> settle(account);
            case 6 -> end(account, new Ending.Release(Calls.DETAIL));
            case 7 -> end(account, new Ending.Expire());
            case 8, 9, 10 ->
                position.apply(account)
                        .map(present -> apply(newCommand(account, present)))
                        .orElseGet(() -> hold(account));
            case 11 -> oldOrFarCommand(account);
            case 12 -> random.nextBoolean() ? removals.next(account) : clockStep(account);
            default -> clockStep(account);
        };
    }

    private Call hold(AccountId account) {
        HoldId id = random.nextInt(3) == 0 ? someHold(account) : newHold(account);
        HoldRequest request =
                new HoldRequest(account, id, Credits.ofMicros(amount()), Duration.ofMillis(1 + random.nextInt(5_000)));
        return new Call(
                account,
                request.toString(),
                store -> Await.value(store.reservations().hold(request)));
    }

    private Call settle(AccountId account) {
        Overage overage = random.nextBoolean() ? Overage.CUT : Overage.DEBT;
        // Debt of the greatest amount would end the account's story, so it comes seldom.
        long actual = overage == Overage.DEBT && random.nextInt(8) > 0 ? random.nextInt(2_000) : amount();
        return end(account, new Ending.Settle(Credits.ofMicros(actual), overage, Calls.DETAIL));
    }

    private Call end(AccountId account, Ending ending) {
        HoldId id = random.nextInt(20) == 0 ? newHold(account) : someHold(account);
        return new Call(
                account,
                "end " + id + " " + ending,
                store -> Await.value(store.reservations().end(account, id, ending)));
    }

    private Call apply(IssuedCommand command) {
        return new Call(
                command.account(),
                command.toString(),
                store -> Await.value(store.commands().apply(command)));
    }

    private IssuedCommand newCommand(AccountId account, AccountSnapshot position) {
        List<IssuedCommand> issued = commands.computeIfAbsent(account, a -> new ArrayList<>());
        long number = issued.size() + 1L;
        Command command = switch (random.nextInt(21)) {
            case 20 -> new Command.EndAllowances(someGrants(number));
            case 0 -> new Command.Freeze();
            case 1, 2, 3 -> new Command.Thaw();
            case 4 -> random.nextInt(20) == 0 ? new Command.Close() : new Command.Thaw();
            case 5, 6 -> new Command.LateCharge("hold", Credits.ofMicros(random.nextInt(3_000)), Calls.DETAIL.encode());
            case 7, 8, 9 -> new Command.Clawback(someGrants(number), Credits.ofMicros(clawedBack()));
            case 10, 11, 12 ->
                new Command.ReplaceAllowance(
                        someGrants(number),
                        Credits.ofMicros(random.nextBoolean() ? 0 : amount()),
                        grant(number, position));
            default -> grant(number, position);
        };
        IssuedCommand next = new IssuedCommand(account, number, account + "-" + number, command);
        issued.add(next);
        return next;
    }

    private List<Long> someGrants(long number) {
        return random.longs(1 + random.nextInt(4), 1, number + 1)
                .boxed()
                .distinct()
                .toList();
    }

    /** Debt of the greatest amount would end the account's story, so it comes seldom. */
    private long clawedBack() {
        return random.nextInt(30) == 0 ? amount() : random.nextInt(1_500);
    }

    private Command.Grant grant(long number, AccountSnapshot position) {
        long room = Credits.MICROS_MAX - Math.max(0, position.balance().postedMicros());
        long expiry = random.nextBoolean() ? Lot.NEVER : now + random.nextInt(4) * 1_000L;
        Credits amount = Credits.ofMicros(Math.min(room, amount()));
        return new Command.Grant(number, amount, random.nextInt(3), expiry);
    }

    private Call oldOrFarCommand(AccountId account) {
        List<IssuedCommand> issued = commands.computeIfAbsent(account, a -> new ArrayList<>());
        if (!issued.isEmpty() && random.nextBoolean()) {
            return apply(issued.get(random.nextInt(issued.size())));
        }
        return apply(new IssuedCommand(account, issued.size() + 2L, "far", new Command.Freeze()));
    }

    private Call clockStep(AccountId account) {
        now += switch (random.nextInt(10)) {
            case 0 -> Duration.ofMinutes(50).toMillis();
            case 1, 2 -> -random.nextInt(3_000);
            default -> random.nextInt(2_000);
        };
        long then = now;
        return new Call(account, "now " + then, store -> {
            store.now(then);
            return then;
        });
    }

    private long amount() {
        return switch (random.nextInt(12)) {
            case 0 -> Credits.MICROS_MAX - random.nextInt(3);
            case 1 -> random.nextLong(Credits.MICROS_MAX);
            case 2 -> random.nextInt(2);
            default -> 1 + random.nextInt(1_000);
        };
    }

    private HoldId newHold(AccountId account) {
        List<HoldId> known = holds.computeIfAbsent(account, a -> new ArrayList<>());
        if (known.size() == HOLDS_REMEMBERED) {
            known.remove(random.nextInt(HOLDS_REMEMBERED));
        }
        HoldId id = HoldId.bornAt(
                now - (random.nextInt(10) == 0 ? Duration.ofMinutes(46).toMillis() : 0));
        known.add(id);
        return id;
    }

    private HoldId someHold(AccountId account) {
        List<HoldId> known = holds.computeIfAbsent(account, a -> new ArrayList<>());
        return known.isEmpty() ? newHold(account) : known.get(random.nextInt(known.size()));
    }
}
