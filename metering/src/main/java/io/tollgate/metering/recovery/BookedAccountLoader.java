package io.tollgate.metering.recovery;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.LiveAccounts.Seeding;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.PartitionFlusher;
import reactor.core.publisher.Mono;

/** Loads accounts from the book of record into the live store. */
public final class BookedAccountLoader implements AccountLoader {

    /** How often the book is read again for an account that has done what it did not know yet. */
    private static final int READS = 3;

    /** What waits beyond is brought by the courier. */
    private static final int COMMANDS_AT_ONCE = 1_000;

    private final BookedAccounts booked;
    private final LiveAccounts live;
    private final Commands commands;
    private final LiveCommands liveCommands;
    private final OpenEpochs openEpochs;
    private final PartitionFlusher flusher;
    private final Partitions partitions;
    private final Epochs epochs;
    private final SingleFlight<AccountId, Loading> loads;

    public BookedAccountLoader(
            BookedAccounts booked,
            LiveAccounts live,
            Commands commands,
            LiveCommands liveCommands,
            OpenEpochs openEpochs,
            PartitionFlusher flusher,
            Partitions partitions,
            Epochs epochs,
            int loadsAtOnce) {
        this.booked = booked;
        this.live = live;
        this.commands = commands;
        this.liveCommands = liveCommands;
        this.openEpochs = openEpochs;
        this.flusher = flusher;
        this.partitions = partitions;
        this.epochs = epochs;
        this.loads = new SingleFlight<>(loadsAtOnce);
    }

    @Override
    public Mono<Loading> load(AccountId account) {
        return loads.join(account, () -> seedAndApply(account));
    }

    /** How many accounts are being loaded. */
    public int underWay() {
        return loads.size();
    }

    private Mono<Loading> seedAndApply(AccountId account) {
        Partition partition = partitions.of(account);
        long epoch = epochs.of(partition).epoch();
        return openEpochs
                .require(partition, epoch)
                .then(seed(account, epoch, READS))
                .flatMap(inPlace -> applyWaiting(account).thenReturn(Loading.IN_PLACE))
                .defaultIfEmpty(Loading.NO_SUCH_ACCOUNT);
    }

    /** Empty if there is no such account. */
    private Mono<Seeding> seed(AccountId account, long epoch, int reads) {
        return booked.snapshot(account)
                .flatMap(snapshot -> snapshot.booked().epoch() < epoch
                        ? openAgain(account, epoch, reads - 1)
                        : seed(snapshot, epoch, reads));
    }

    private Mono<Seeding> seed(AccountSnapshot snapshot, long epoch, int reads) {
        return live.seed(snapshot, epoch).flatMap(seeding -> switch (seeding) {
            case IN_PLACE -> Mono.just(seeding);
            case BEHIND -> readAgain(snapshot.account(), epoch, reads - 1);
        });
    }

    // The epoch was open, which moves the cursor there: a book that stands before it has lost that since.
    private Mono<Seeding> openAgain(AccountId account, long epoch, int reads) {
        Partition partition = partitions.of(account);
        return openEpochs
                .requireAnew(partition, epoch)
                .then(Mono.defer(() -> readAgain(account, epochs.of(partition).epoch(), reads)));
    }

    private Mono<Seeding> readAgain(AccountId account, long epoch, int reads) {
        return reads > 0
                ? flusher.flush(partitions.of(account)).then(Mono.defer(() -> seed(account, epoch, reads)))
                : Mono.error(new StoreUnavailableException("the book is behind what " + account + " has done"));
    }

    private Mono<Void> applyWaiting(AccountId account) {
        return commands.unapplied(account, COMMANDS_AT_ONCE)
                .concatMap(liveCommands::apply)
                .then();
    }
}
