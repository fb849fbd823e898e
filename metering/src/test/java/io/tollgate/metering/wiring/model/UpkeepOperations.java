package io.tollgate.metering.wiring.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.AccountRemoval.Removal;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.LotExpiry;
import io.tollgate.metering.kept.SettleKeeper;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldSweeper;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.Flusher;
import io.tollgate.metering.usage.PartitionFlusher;
import io.tollgate.metering.usage.UsageEvent.Kind;
import io.tollgate.metering.wiring.model.Coverage.Happening;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What gateways do by themselves: flush, sweep, look after what they keep, evict; and loaders that are late. */
final class UpkeepOperations {

    private static final Comparator<Map.Entry<HoldId, Wallet.Open>> DUE_FIRST =
            Comparator.comparingLong(entry -> entry.getValue().deadline());

    private final Scene scene;

    UpkeepOperations(Scene scene) {
        this.scene = scene;
    }

    void flushOwn() {
        Gateway gateway = scene.gateway();
        scene.does(gateway, gateway.bean(Flusher.class).flushOwn());
        scene.coverage.count(Happening.FLUSHED);
    }

    void flush() {
        Gateway gateway = scene.gateway();
        scene.does(gateway, gateway.bean(PartitionFlusher.class).flush(scene.anyPartition()));
        scene.coverage.count(Happening.FLUSHED);
    }

    void lookAfterKept() {
        Gateway gateway = scene.gateway();
        scene.does(gateway, gateway.bean(SettleKeeper.class).look());
    }

    /** The clock, seldom backwards; then what it made expire. */
    void stepClock(Wallet wallet) {
        long millis = switch (scene.random.nextInt(400)) {
            case 0 -> 20 * 60_000L;
            case 1, 2, 3 -> 120_000;
            case 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> -scene.random.nextInt(scene.oneIn(5) ? 600_000 : 3_000);
            default -> scene.random.nextInt(1_500);
        };
        scene.coverage.count(Happening.CLOCK_WENT_BACK, millis < 0 ? 1 : 0);
        wallet.note("clock " + millis + " to " + (scene.clock.nowMillis() + millis));
        scene.stepClock(millis);
    }

    void expireLots(Wallet wallet) {
        Gateway gateway = scene.gateway();
        scene.doesTo(wallet, gateway, gateway.bean(LotExpiry.class).expire(wallet.id));
        scene.inPlace(wallet);
    }

    /** The sweeper of a run ends one hold at a time: the one that was due first. */
    void sweepHolds() {
        Share share = scene.shares.get(scene.random.nextInt(scene.shares.size()));
        if (share.isDisturbed()) {
            return;
        }
        Gateway gateway = scene.gateway();
        long swept = Gateway.value(gateway.bean(HoldSweeper.class).sweep(share.partition));
        Wallet owner = null;
        Map.Entry<HoldId, Wallet.Open> due = null;
        for (Wallet wallet : share.wallets) {
            for (Map.Entry<HoldId, Wallet.Open> open : wallet.open.entrySet()) {
                if (open.getValue().deadline() <= scene.clock.nowMillis()
                        && (due == null || compare(wallet, open, owner, due) < 0)) {
                    due = open;
                    owner = wallet;
                }
            }
        }
        if (due == null || owner == null) {
            assertThat(swept).isZero();
            return;
        }
        HoldId hold = due.getKey();
        owner.note("swept " + hold);
        scene.inPlace(owner);
        Gateway.end(scene.model.reservations().end(owner.id, hold, new Ending.Expire()));
        owner.open.remove(hold);
        share.told.tell(owner.id, hold, Kind.EXPIRED, 0, 0);
        scene.buried(owner, hold);
        scene.coverage.count(Happening.EXPIRED);
        scene.compare(owner, "the sweep");
    }

    private static int compare(
            Wallet wallet,
            Map.Entry<HoldId, Wallet.Open> open,
            @Nullable Wallet other,
            Map.Entry<HoldId, Wallet.Open> than) {
        int byDeadline = DUE_FIRST.compare(open, than);
        return byDeadline != 0 ? byDeadline : (wallet + ":" + open.getKey()).compareTo(other + ":" + than.getKey());
    }

    void evict(Wallet wallet) {
        if (scene.isDisturbed(wallet)) {
            return;
        }
        Gateway gateway = scene.gateway();
        Gateway.end(gateway.bean(PartitionFlusher.class).flush(wallet.partition));
        AccountSnapshot booked =
                Gateway.value(gateway.bean(BookedAccounts.class).snapshot(wallet.id));
        if (scene.oneIn(3)) {
            long epoch = gateway.bean(Epochs.class).of(wallet.partition).epoch();
            scene.share(wallet).lateSeeds.add(new Share.LateSeed(booked, epoch));
            if (scene.oneIn(2)) {
                return; // the account goes on, and the snapshot grows old
            }
        }
        Removal removal =
                Gateway.value(gateway.bean(AccountRemoval.class).evict(wallet.id, booked.booked(), Duration.ZERO));
        wallet.note("evict -> " + removal);
        if (removal == Removal.REMOVED) {
            assertThat(wallet.open).as("open holds of evicted %s", wallet).isEmpty();
            scene.coverage.count(Happening.EVICTED);
            wallet.absent = true;
            if (scene.oneIn(2)) {
                seedLate(wallet);
            }
        }
    }

    void seedLate() {
        Share share = scene.shares.get(scene.random.nextInt(scene.shares.size()));
        if (!share.lateSeeds.isEmpty() && !share.isDisturbed()) {
            Share.LateSeed late = scene.oneOf(share.lateSeeds);
            share.wallets.stream()
                    .filter(one -> one.id.equals(late.booked().account()))
                    .findFirst()
                    .ifPresent(this::seedLate);
        }
    }

    /** A loader that has slept since it read the book: Redis must not believe what is older than what it knew itself. */
    private void seedLate(Wallet wallet) {
        List<Share.LateSeed> lateSeeds = scene.share(wallet).lateSeeds;
        Share.LateSeed late = lateSeeds.stream()
                .filter(one -> one.booked().account().equals(wallet.id))
                .findFirst()
                .orElse(null);
        if (late == null) {
            return;
        }
        lateSeeds.remove(late);
        Gateway gateway = scene.gateway();
        LiveAccounts.Seeding seeding;
        try {
            seeding = Gateway.value(gateway.bean(LiveAccounts.class).seed(late.booked(), late.epoch()));
        } catch (StoreUnavailableException anotherEpoch) {
            return;
        }
        wallet.note("late seed -> " + seeding);
        if (seeding == LiveAccounts.Seeding.BEHIND) {
            assertThat(wallet.absent).isTrue();
            scene.coverage.count(Happening.SEED_BEHIND);
        } else if (wallet.absent) {
            // It knew everything but the commands that wait, which the next who touches the account brings.
            scene.load(wallet);
        }
        scene.compare(wallet, "a late seed");
    }

    /** As if the time after which booked events are trimmed had passed. */
    void trim() {
        Share share = scene.shares.get(scene.random.nextInt(scene.shares.size()));
        Gateway gateway = scene.gateway();
        for (int turn = 0; turn < 2; turn++) { // the first one marks where the book stands, the second trims to there
            Gateway.end(gateway.metering()
                    .book()
                    .owner()
                    .sql("UPDATE flush_cursor SET marked_at = now() - interval '20 hours' WHERE partition = "
                            + share.partition.number())
                    .then());
            Gateway.end(gateway.bean(PartitionFlusher.class).flush(share.partition));
        }
        scene.coverage.count(Happening.TRIMMED);
    }
}
