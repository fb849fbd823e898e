package io.tollgate.metering.wiring.model;

import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.usage.PartitionFlusher;
import io.tollgate.metering.wiring.model.Coverage.Happening;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.PostgresStore;
import io.tollgate.sandbox.stores.SharedStores;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stores that lose what they had acknowledged, and gateways that die. */
final class Misfortunes {

    private static final int LONGEST = 25;
    private static final int CONNECTIONS = 24;

    private final Scene scene;
    private final WholeComparison comparison;
    private long promotedAt;

    Misfortunes(Scene scene, WholeComparison comparison) {
        this.scene = scene;
        this.comparison = comparison;
    }

    /** Remembers what Redis has of a partition. */
    void keepAnImage() {
        Share share = anyShare();
        if (!share.isDisturbed()) {
            share.keep(scene.raw.dump(share.partition));
        }
    }

    /** Redis restarts with an older state of the partition, or with none. */
    void loseRedis() {
        Share share = anyShare();
        if (share.isDisturbed() || scene.standby != null) {
            return;
        }
        boolean isEmptied = share.images.isEmpty() || scene.oneIn(4);
        RedisImage image =
                isEmptied ? RedisImage.EMPTY : scene.oneOf(share.images.stream().toList());
        scene.coverage.count(isEmptied ? Happening.REDIS_EMPTIED : Happening.REDIS_ROLLED_BACK);
        if (scene.oneIn(30)) {
            killGateway(); // together with Redis: what it kept is lost
        }
        comparison.lookUpBooked(share);
        scene.raw.restore(share.partition, image.entries());
        Told.Losses losses = share.told.redisFellBackTo(image.told());
        scene.coverage.count(Happening.SETTLE_SENT_AGAIN, losses.sentAgain());
        scene.coverage.count(Happening.SETTLE_LOST_WITH_BOTH, losses.settlesLost());
        scene.coverage.count(Happening.RETURN_LOST, losses.returnsLost());
        share.fallBackTo(image);
        share.wallets.forEach(wallet -> wallet.note("Redis fell back to " + image.serial()));
        share.disturbedFor = 1 + scene.random.nextInt(LONGEST);
    }

    /** A standby of Postgres gets no further than this; some time later it is promoted. */
    void copyTheBook() {
        if (scene.standby != null || scene.shares.stream().anyMatch(Share::isDisturbed)) {
            return;
        }
        scene.standby = postgres().standbyOf(place());
        reconnect();
        for (Share share : scene.shares) {
            comparison.lookUpBooked(share);
            share.told.all().forEach(fact -> fact.bookedInStandby = fact.booked);
        }
        promotedAt = scene.step + 50 + scene.random.nextInt(500);
    }

    // Whatever the lost tail had booked is in the streams still: the flusher reads on from the older cursor. A tail
    // with commands
    // in it is another matter: their causes are lost with them.
    private void promote(Database standby) {
        postgres().promote(standby, place());
        reconnect();
        scene.standby = null;
        for (Share share : scene.shares) {
            share.told.all().forEach(fact -> fact.booked = fact.bookedInStandby);
            Gateway.end(scene.gateway().bean(PartitionFlusher.class).flush(share.partition));
        }
        scene.coverage.count(Happening.BOOK_SET_BACK);
    }

    // Every connection of every pool was cut: as many calls at once as a pool has connections make it look at each.
    private void reconnect() {
        for (Gateway gateway : scene.gateways) {
            Mono<?> call = gateway.bean(BookedAccounts.class).find(scene.wallets.getFirst().id);
            Mono<?> other = Mono.defer(
                    () -> gateway.metering().book().client().sql("SELECT 1").then());
            Gateway.end(Flux.range(0, 3)
                    .concatMap(round -> Flux.range(0, CONNECTIONS)
                            .flatMap(
                                    i -> call.then()
                                            .onErrorComplete()
                                            .then(other.then().onErrorComplete()),
                                    CONNECTIONS))
                    .then());
        }
    }

    private Database place() {
        return scene.gateways.getFirst().metering().book().place();
    }

    private static PostgresStore postgres() {
        return SharedStores.instance().postgres();
    }

    /** One gateway is killed and another one started. */
    void killGateway() {
        int index = scene.random.nextInt(scene.gateways.size());
        if (index == 0) {
            index = 1; // the first one owns the run's stores
        }
        Gateway dead = scene.gateways.remove(index);
        dead.kill();
        scene.shares.forEach(share -> share.told.gatewayDied(dead.number));
        scene.startGateway();
        scene.coverage.count(Happening.GATEWAY_KILLED);
    }

    /** Called after each operation: what was lost is made up for in time. */
    void goOn() {
        if (scene.standby != null && scene.step >= promotedAt) {
            promote(scene.standby);
        }
        for (Share share : scene.shares) {
            if (share.disturbedFor == 1) {
                comparison.makeUpForTheLoss(share);
            } else if (share.isDisturbed()) {
                share.disturbedFor--;
            }
        }
    }

    void makeUpForAll() {
        for (Share share : scene.shares) {
            if (share.isDisturbed()) {
                comparison.makeUpForTheLoss(share);
            }
        }
    }

    private Share anyShare() {
        return scene.shares.get(scene.random.nextInt(scene.shares.size()));
    }
}
