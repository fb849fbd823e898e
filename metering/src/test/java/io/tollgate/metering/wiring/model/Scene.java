package io.tollgate.metering.wiring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.KeptLot;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.fault.Faults;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.InMemoryLiveStore;
import io.tollgate.metering.live.LiveStore;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.wiring.model.Coverage.Happening;
import io.tollgate.sandbox.stores.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Everything a run works with: the real thing, the model, and what is known of both. All chance comes from the seed; the model is
 * asked what must be before each comparison, and never told what is.
 */
final class Scene implements AutoCloseable {

    static final int PARTITIONS = 4;
    private static final int ACCOUNTS = 24;
    private static final long TOMBSTONE_MILLIS = 3_600_000;
    private static final String[] SETTINGS = {
        "tollgate.metering.partitions=" + PARTITIONS,
        "tollgate.metering.sweep-at-once=1",
        "tollgate.metering.holds.max-open-per-account=" + LiveStore.MAX_OPEN_HOLDS,
        "tollgate.metering.courier.age=0s",
        "tollgate.metering.flush.trim-after=10h",
        "tollgate.metering.removal.marker-ttl=10h",
        "tollgate.metering.kept.patience=10h",
    };

    /** Who is cancelled may have left a shared load or recovery behind, which ends with the failure a moment later. */
    private static final Retry UNTIL_THE_REST_OF_IT_IS_OVER =
            Retry.max(5).filter(StoreUnavailableException.class::isInstance);

    private static final List<Faults.Way> WAYS = List.of(Faults.Way.values());

    /** A tombstone that is to die. */
    private record Grave(Wallet wallet, HoldId hold) {}

    final Random random;
    final long seed;
    final TestClock clock = new TestClock();
    final Coverage coverage;
    final InMemoryLiveStore model = new InMemoryLiveStore();
    final List<Gateway> gateways = new ArrayList<>();
    final List<Share> shares = new ArrayList<>();
    final List<Wallet> wallets = new ArrayList<>();
    final RawPartitions raw;
    private final Partitions partitions = new Partitions(PARTITIONS);
    private final NavigableMap<Long, List<Grave>> graves = new TreeMap<>();

    /** A copy of the book that stays behind; no command is issued while there is one. */
    @Nullable
    Database standby;

    private int gatewaysStarted = 1;
    private int opened;
    long step;

    Scene(long seed, Coverage coverage) {
        this.seed = seed;
        this.random = new Random(seed);
        this.coverage = coverage;
        gateways.add(Gateway.first(clock, SETTINGS));
        startGateway();
        raw = new RawPartitions(gateways.getFirst().metering().redisUri());
        partitions.all().map(Share::new).forEach(shares::add);
        model.now(clock.nowMillis());
        for (int i = 0; i < ACCOUNTS; i++) {
            wallets.add(open());
        }
    }

    /** A new account. */
    Wallet open() {
        AccountId id = new AccountId("m" + Long.toUnsignedString(seed, 36) + "-" + opened++);
        Gateway.end(gateways.getFirst().bean(BookedAccounts.class).create(id, "of a model run"));
        Wallet wallet = new Wallet(id, partitions.of(id));
        share(wallet).wallets.add(wallet);
        model.book(Calls.empty(id));
        model.seed(Calls.empty(id));
        return wallet;
    }

    void startGateway() {
        gateways.add(gateways.getFirst().beside(++gatewaysStarted, clock, SETTINGS));
    }

    /** Closed ones too. */
    void everyWallet(Consumer<Wallet> work) {
        shares.forEach(share -> share.wallets.forEach(work));
    }

    Gateway gateway() {
        return gateways.get(random.nextInt(gateways.size()));
    }

    Wallet wallet() {
        return wallets.get(random.nextInt(wallets.size()));
    }

    Share share(Wallet wallet) {
        return shares.get(wallet.partition.number());
    }

    boolean isDisturbed(Wallet wallet) {
        return share(wallet).isDisturbed();
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    HoldId holdBornAt(long millis) {
        long high = (millis << 16) | 0x7000 | random.nextInt(0x1000);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new HoldId(new UUID(high, low));
    }

    /** Does it, now and then with an interruption at some I/O, after which it is done again: every step must bear that. */
    <T> @Nullable T does(Gateway gateway, Mono<T> work) {
        return does(gateway, work, Mono.empty());
    }

    /**
     * The same for what loads the account if Redis does not have it. A load that ends between its two halves leaves the account
     * in place without the commands that wait: nobody loads it again, and the courier has to bring them.
     */
    <T> @Nullable T doesTo(Wallet wallet, Gateway gateway, Mono<T> work) {
        boolean mayLackCommands = wallet.absent && !wallet.issued.isEmpty();
        return does(
                gateway,
                work,
                mayLackCommands
                        ? Mono.defer(() -> gateway.bean(Courier.class).push(wallet.issued.getLast()))
                        : Mono.empty());
    }

    private <T> @Nullable T does(Gateway gateway, Mono<T> work, Mono<Void> courier) {
        if (!oneIn(40)) {
            return Gateway.end(work);
        }
        int at = 1 + random.nextInt(oneIn(3) ? 40 : 6);
        gateway.faults.strikeAt(at, oneOf(WAYS));
        T result;
        try {
            result = Gateway.end(work.takeUntilOther(gateway.faults.silence()));
        } catch (StoreUnavailableException expected) {
            result = null;
        }
        if (!gateway.faults.stop()) {
            return result;
        }
        coverage.count(Happening.INTERRUPTED);
        Gateway.end(courier);
        // Twice, for a push that joins what is left of an interrupted load fails with it and says nothing of that: its
        // command is in the book, where the courier finds it later on.
        Gateway.end(work.retryWhen(UNTIL_THE_REST_OF_IT_IS_OVER));
        return Gateway.end(work.retryWhen(UNTIL_THE_REST_OF_IT_IS_OVER));
    }

    /** Makes the model load an account that Redis does not have: that applies what waits. */
    void inPlace(Wallet wallet) {
        if (wallet.absent) {
            wallet.absent = false;
            applyAll(wallet);
        }
    }

    void applyAll(Wallet wallet) {
        if (!isDisturbed(wallet)) {
            wallet.issued.forEach(this::applyInModel);
        }
    }

    /** What gateways have issued by themselves: a settle that is sent again may have become too old for Redis to judge. */
    void learnLateCharges(Wallet wallet) {
        BookQueries book = new BookQueries(gateways.getFirst().metering().book());
        Told told = share(wallet).told;
        book.lateCharges(wallet.id, wallet.issued.size()).forEach((number, hold) -> {
            Told.Fact settled = told.charge(hold);
            if (settled == null || !settled.sentAgain || number != wallet.issued.size() + 1) {
                return;
            }
            Ending.Settle settle = Objects.requireNonNull(wallet.settles.get(hold));
            told.forget(settled);
            told.tell(wallet.id, hold, UsageEvent.Kind.CHARGED, settle.actual().micros(), 0);
            wallet.issued.add(new IssuedCommand(
                    wallet.id,
                    number,
                    hold.toString(),
                    new Command.LateCharge(
                            hold.toString(), settle.actual(), settle.detail().encode())));
            coverage.count(Happening.CHARGED_LATE);
        });
    }

    /** The courier touches every account with a command that is not booked, applied or not. */
    void afterDelivery() {
        everyWallet(wallet -> {
            if (model.lastCommand(wallet.id) < wallet.issued.size() && !isDisturbed(wallet)) {
                inPlace(wallet);
                applyAll(wallet);
            }
            compare(wallet, "a delivery");
        });
    }

    void applyInModel(IssuedCommand command) {
        Gateway.end(model.commands().apply(command));
    }

    /** What the courier does with a command, and the model after it. */
    void push(Gateway gateway, Wallet wallet, IssuedCommand command) {
        doesTo(wallet, gateway, gateway.bean(Courier.class).push(command));
        if (isDisturbed(wallet)) {
            return;
        }
        boolean isNext = !wallet.absent && command.number() <= model.lastCommand(wallet.id) + 1;
        inPlace(wallet);
        if (isNext) {
            applyInModel(command);
        } else {
            applyAll(wallet); // a load, or a gap: both bring whatever waits
        }
    }

    /** As the model has it, which touches it: only for one that Redis has. */
    AccountSnapshot expected(Wallet wallet) {
        return Gateway.value(model.read(wallet.id));
    }

    /** The account that was touched, against the model. */
    void compare(Wallet wallet, String what) {
        if (isDisturbed(wallet)) {
            return;
        }
        AccountSnapshot real =
                Gateway.end(gateways.getFirst().bean(LiveAccounts.class).read(wallet.id));
        if (real == null) {
            assertThat(wallet.absent).as("%s is absent after %s", wallet, what).isTrue();
            return; // and nothing of it expires before it is loaded
        }
        AccountSnapshot expected = expected(wallet);
        note(expected);
        assertThat(comparable(real))
                .as(() -> wallet + " after " + what + "\n" + describe(wallet))
                .isEqualTo(comparable(expected));
    }

    private void note(AccountSnapshot expected) {
        coverage.count(Happening.IN_DEBT, expected.debtMicros() > 0 ? 1 : 0);
        coverage.count(Happening.KEPT_FOR_HOLDS, expected.kept().isEmpty() ? 0 : 1);
    }

    void load(Wallet wallet) {
        inPlace(wallet);
        Gateway.end(gateways.getFirst().bean(AccountLoader.class).load(wallet.id));
    }

    // Generations are counted from any start; which holds are older is in the ceilings.
    static AccountSnapshot comparable(AccountSnapshot account) {
        List<KeptLot> kept = account.kept().stream()
                .map(lot -> new KeptLot(lot.grant(), lot.remaining(), 0, lot.ceiling()))
                .toList();
        return new AccountSnapshot(
                account.account(),
                account.state(),
                account.lots(),
                kept,
                account.debtMicros(),
                account.heldMicros(),
                account.lastCommand(),
                account.lastCommandId(),
                BookedUpTo.NOTHING);
    }

    void buried(Wallet wallet, HoldId hold) {
        graves.computeIfAbsent(clock.nowMillis() + TOMBSTONE_MILLIS, at -> new ArrayList<>())
                .add(new Grave(wallet, hold));
    }

    /** Moves time; tombstones whose time has come die, which Redis would do by itself. */
    void stepClock(long millis) {
        clock.step(millis);
        model.now(clock.nowMillis());
        List<Grave> dying = new ArrayList<>();
        graves.headMap(clock.nowMillis(), true).values().forEach(dying::addAll);
        graves.headMap(clock.nowMillis(), true).clear();
        List<String> keys = new ArrayList<>();
        for (Grave grave : dying) {
            if (isDisturbed(grave.wallet())) {
                graves.computeIfAbsent(clock.nowMillis() + 1, at -> new ArrayList<>())
                        .add(grave);
            } else if (!grave.wallet().open.containsKey(grave.hold())) {
                keys.add(RawPartitions.holdKey(grave.wallet().partition, grave.wallet().id, grave.hold()));
                model.forget(grave.wallet().id, grave.hold());
                grave.wallet().returnedBefore.remove(grave.hold());
            }
        }
        raw.delete(keys);
    }

    /** For whoever reads a failure. */
    String describe(Wallet wallet) {
        Gateway gateway = gateways.getFirst();
        return "now " + clock.nowMillis() + (isDisturbed(wallet) ? ", after a loss" : "") + "\nbook  "
                + Gateway.end(gateway.bean(BookedAccounts.class).snapshot(wallet.id)) + "\nlive  "
                + Gateway.end(gateway.bean(LiveAccounts.class).read(wallet.id)) + "\nmodel "
                + Gateway.end(model.read(wallet.id)) + "\nholds " + raw.holds(wallet.partition, wallet.id) + "\nopen  "
                + wallet.open + "\nbooked last "
                + new BookQueries(gateway.metering().book()).lastOf(wallet.id)
                + "\njournal\n  " + String.join("\n  ", wallet.journal);
    }

    Partition anyPartition() {
        return shares.get(random.nextInt(shares.size())).partition;
    }

    @Override
    public void close() {
        raw.close();
        gateways.forEach(Gateway::close);
    }
}
