package io.tollgate.metering.wiring.model;

import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.reservation.HoldId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a run knows of one partition. */
final class Share {

    private static final int IMAGES = 3;

    /** A snapshot that somebody has read from the book and may seed much later. */
    record LateSeed(AccountSnapshot booked, long epoch) {}

    final Partition partition;
    final List<Wallet> wallets = new ArrayList<>();
    final Told told = new Told();
    final Deque<RedisImage> images = new ArrayDeque<>();
    final List<LateSeed> lateSeeds = new ArrayList<>();
    private long imagesMade;

    /** Operations to go until a loss has to be made up for; 0 while nothing is lost and every answer is known beforehand. */
    int disturbedFor;

    Share(Partition partition) {
        this.partition = partition;
    }

    boolean isDisturbed() {
        return disturbedFor > 0;
    }

    void keep(List<RedisImage.Entry> entries) {
        Map<Wallet, Map<HoldId, Wallet.Open>> open = new HashMap<>();
        wallets.forEach(wallet -> open.put(wallet, Map.copyOf(wallet.open)));
        if (images.size() == IMAGES) {
            images.removeFirst();
        }
        images.addLast(new RedisImage(entries, ++imagesMade, told.size(), open));
    }

    /** What came after it has not happened, as far as Redis knows. */
    void fallBackTo(RedisImage image) {
        images.removeIf(other -> other.serial() > image.serial());
        lateSeeds.clear();
        for (Wallet wallet : wallets) {
            wallet.open = new HashMap<>(image.open().getOrDefault(wallet, Map.of()));
        }
    }
}
