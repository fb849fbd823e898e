package io.tollgate.metering.wiring.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.AccountRemoval.Removal;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.kept.SettleKeeper;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.PartitionFlusher;
import io.tollgate.metering.wiring.model.BookQueries.Booked;
import io.tollgate.metering.wiring.model.BookQueries.Position;
import io.tollgate.metering.wiring.model.Coverage.Happening;
import io.tollgate.metering.wiring.model.Told.Fact;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything against everything. After the streams are flushed, Redis, the book and the model say the same; every end that a
 * client was told of is in the book once and nothing else is; the books sum to zero.
 */
final class WholeComparison {

    private static final String CONSERVED = """
            SELECT account AS name, CAST(sum(change) AS bigint) AS amount FROM (
              SELECT account, amount_micros AS change FROM lot
              UNION ALL SELECT account, -charged_micros FROM usage_event
              UNION ALL SELECT account, -charged_micros - expired_micros FROM account_event) changes
            GROUP BY account
            """;

    private final Scene scene;
    private final BookQueries book;

    WholeComparison(Scene scene) {
        this.scene = scene;
        this.book = new BookQueries(scene.gateways.getFirst().metering().book());
    }

    /** Of partitions that have lost nothing, or have made up for it. */
    void compareAll() {
        settleDown();
        for (Share share : scene.shares) {
            assertEndsAreBooked(share);
        }
        Map<String, Position> positions = book.positions();
        Map<String, Long> ledger = book.ledgerByAccount();
        Map<String, Long> ends = book.endsByAccount();
        for (Share share : scene.shares) {
            Map<AccountId, Long> told = share.told.all().stream()
                    .collect(Collectors.groupingBy(fact -> fact.account, Collectors.counting()));
            for (Wallet wallet : share.wallets) {
                AccountSnapshot expected = scene.expected(wallet);
                assertThat(positions.get(wallet.id.value()))
                        .as(() -> wallet + " in the book\n" + scene.describe(wallet))
                        .isEqualTo(new Position(
                                expected.state(),
                                expected.balance().postedMicros(),
                                expected.debtMicros(),
                                expected.lastCommand()));
                assertThat(expected.lastCommand()).as("commands of %s", wallet).isEqualTo(wallet.issued.size());
                assertThat(ledger.getOrDefault(wallet.id.value(), 0L))
                        .as(() -> wallet + " in the ledger\n" + scene.describe(wallet))
                        .isEqualTo(expected.balance().postedMicros());
                assertThat(ends.getOrDefault(wallet.id.value(), 0L))
                        .as(() -> "ends of holds of " + wallet + ", told less booked, booked less told: "
                                + differingEnds(share, wallet) + "\n" + scene.describe(wallet))
                        .isEqualTo(told.getOrDefault(wallet.id, 0L));
                assertThat(wallet.open.values().stream()
                                .mapToLong(Wallet.Open::total)
                                .sum())
                        .as("held of %s", wallet)
                        .isEqualTo(expected.heldMicros());
            }
        }
        assertThat(Gateway.value(scene.gateways.getFirst().bean(Books.class).totals()))
                .allSatisfy((unit, total) -> assertThat(total).as(unit).isZero());
        assertThat(book.number("SELECT count(*) FROM quarantine"))
                .as("quarantined")
                .isZero();
        assertThat(book.number("SELECT count(*) FROM incident WHERE kind IN ('QUARANTINE', 'DRIFT')"))
                .as("incidents that are nobody's fault but ours")
                .isZero();
        scene.coverage.count(
                Happening.LOTS_EXPIRED,
                scene.model.takeEvents().stream()
                        .filter(event -> !event.expired().isEmpty())
                        .count());
        scene.coverage.count(Happening.COMPARED_WHOLE);
    }

    private List<Set<String>> differingEnds(Share share, Wallet wallet) {
        Set<String> told = share.told.all().stream()
                .filter(fact -> fact.account.equals(wallet.id))
                .map(fact -> fact.key.hold() + " " + fact.key.kind())
                .collect(Collectors.toSet());
        Set<String> booked = book.endsOf(wallet.id);
        return List.of(less(told, booked), less(booked, told));
    }

    private static Set<String> less(Set<String> some, Set<String> others) {
        return some.stream().filter(one -> !others.contains(one)).collect(Collectors.toSet());
    }

    /** Everything counted in every way the book knows, and lots; slower, so not every time. */
    void compareBooks() {
        Gateway gateway = scene.gateways.getFirst();
        Map<String, Long> conserved = book.counts(CONSERVED);
        for (Wallet wallet : scene.wallets) {
            assertThat(conserved.getOrDefault(wallet.id.value(), 0L))
                    .as("granted - spent - clawed back - expired of %s", wallet)
                    .isEqualTo(scene.expected(wallet).balance().postedMicros());
            AccountSnapshot booked =
                    Gateway.value(gateway.bean(BookedAccounts.class).snapshot(wallet.id));
            assertThat(remaining(booked)).as("lots of %s", wallet).isEqualTo(remaining(scene.expected(wallet)));
        }
        assertThat(
                        book.counts(
                                "SELECT 'calls' AS name, CAST(coalesce(sum(settled + given_back), 0) AS bigint) AS amount"
                                        + " FROM usage_rollup UNION ALL SELECT 'charged', CAST(coalesce(sum(charged_micros), 0) AS bigint) FROM usage_rollup"))
                .as("rollups")
                .isEqualTo(
                        book.counts(
                                "SELECT 'calls' AS name, count(*) AS amount FROM usage_event"
                                        + " UNION ALL SELECT 'charged', CAST(coalesce(sum(charged_micros), 0) AS bigint) FROM usage_event"));
    }

    /** What is left of each grant, kept under holds or not. */
    private static Map<Long, Long> remaining(AccountSnapshot account) {
        Map<Long, Long> left = new TreeMap<>();
        account.lots().forEach(lot -> left.merge(lot.grant(), lot.remaining().micros(), Long::sum));
        account.kept().forEach(lot -> left.merge(lot.grant(), lot.remaining().micros(), Long::sum));
        return left;
    }

    /** Delivers what waits and books what is there. */
    private void settleDown() {
        Gateway.end(scene.gateways.getFirst().bean(Courier.class).deliverWaiting());
        scene.afterDelivery();
        scene.everyWallet(wallet -> {
            if (wallet.absent) {
                scene.load(wallet);
            }
            scene.compare(wallet, "settling down"); // which lets expire what is due
        });
        scene.shares.forEach(this::flush);
        scene.gateways.forEach(
                gateway -> Gateway.end(gateway.bean(SettleKeeper.class).look()));
    }

    private void flush(Share share) {
        Gateway.end(scene.gateway().bean(PartitionFlusher.class).flush(share.partition));
    }

    /** Notes which ends the book has. */
    void lookUpBooked(Share share) {
        List<Fact> open = share.told.unbooked();
        Map<Told.Key, Booked> ends = book.ends(holds(open));
        open.forEach(fact -> fact.booked = ends.containsKey(fact.key));
    }

    private void assertEndsAreBooked(Share share) {
        List<Fact> open = share.told.unbooked();
        Map<Told.Key, Booked> ends = book.ends(holds(open));
        for (Fact fact : open) {
            Booked booked = ends.get(fact.key);
            if (booked == null) {
                throw new AssertionError("not in the book: " + fact + "\n" + scene.describe(walletOf(share, fact)));
            }
            if (fact.sentAgain) {
                takeOver(share, fact, booked);
            }
            assertThat(booked).as("%s", fact).isEqualTo(new Booked(fact.charged, fact.uncollected));
            fact.booked = true;
            fact.keptBy.clear();
        }
    }

    // What is cut is cut by what the account has when the settle is sent again; nothing else may differ.
    private void takeOver(Share share, Fact fact, Booked booked) {
        Ending.Settle settle = requireNonNull(walletOf(share, fact).settles.get(fact.key.hold()));
        assertThat(booked.charged() + booked.uncollected())
                .as("%s", fact)
                .isEqualTo(settle.actual().micros());
        if (settle.overage() == Overage.CUT) {
            fact.charged = booked.charged();
            fact.uncollected = booked.uncollected();
        }
        fact.sentAgain = false;
    }

    private static Wallet walletOf(Share share, Fact fact) {
        return share.wallets.stream()
                .filter(one -> one.id.equals(fact.account))
                .findFirst()
                .orElseThrow();
    }

    private static Set<HoldId> holds(Collection<Fact> facts) {
        return facts.stream().map(fact -> fact.key.hold()).collect(Collectors.toSet());
    }

    /**
     * After a loss: every gateway comes to the partition once, commands are delivered, what is kept is sent again. Then the two
     * stores must agree, with every end in the book and every other hold still open; from there the model goes on with the book's
     * lots, since who paid for what was charged on a lost history is the book's to say.
     */
    void makeUpForTheLoss(Share share) {
        for (int turn = 0; turn < 2; turn++) {
            for (Gateway gateway : scene.gateways) {
                Gateway.end(gateway.bean(LiveAccounts.class).read(share.wallets.getFirst().id));
                Gateway.end(gateway.bean(Courier.class).deliverWaiting());
                flush(share);
                Gateway.end(gateway.bean(SettleKeeper.class).look());
                flush(share);
            }
        }
        share.wallets.forEach(scene::learnLateCharges);
        assertEndsAreBooked(share);
        scene.afterDelivery();
        share.disturbedFor = 0;
        share.wallets.forEach(wallet -> startAnew(share, wallet));
        share.wallets.forEach(wallet -> {
            scene.load(wallet);
            scene.compare(wallet, "the loss");
        });
        scene.coverage.count(Happening.RECOVERED);
    }

    private void startAnew(Share share, Wallet wallet) {
        Gateway gateway = scene.gateways.getFirst();
        AccountSnapshot booked =
                Gateway.value(gateway.bean(BookedAccounts.class).snapshot(wallet.id));
        AccountSnapshot live = Gateway.end(gateway.bean(LiveAccounts.class).read(wallet.id));
        if (live != null) {
            flush(share); // reading may have let lots expire
            booked = Gateway.value(gateway.bean(BookedAccounts.class).snapshot(wallet.id));
            assertThat(remaining(booked))
                    .as(() -> "lots of " + wallet + " after a loss\n" + scene.describe(wallet))
                    .isEqualTo(remaining(live));
            assertThat(booked.debtMicros())
                    .as("debt of %s after a loss", wallet)
                    .isEqualTo(live.debtMicros());
            assertThat(booked.lastCommand())
                    .as("commands of %s after a loss", wallet)
                    .isEqualTo(live.lastCommand());
        }
        assertThat(booked.lastCommand())
                .as("commands of %s after a loss", wallet)
                .isLessThanOrEqualTo(wallet.issued.size());
        Removal removal = Gateway.value(gateway.bean(AccountRemoval.class).drop(wallet.id, booked.booked()));
        assertThat(removal).as("%s is dropped after a loss", wallet).isNotEqualTo(Removal.BUSY);
        wallet.absent = true;
        scene.model.startAnew(booked);
        wallet.open.keySet().removeIf(share.told::hasEnded);
        meetHolds(share, wallet);
    }

    private void meetHolds(Share share, Wallet wallet) {
        Map<HoldId, Wallet.Open> found = new HashMap<>();
        wallet.returnedBefore.clear();
        scene.raw.holds(wallet.partition, wallet.id).forEach((id, hold) -> {
            switch (hold) {
                case RawPartitions.Hold.Open(long total, long deadline) -> {
                    found.put(id, new Wallet.Open(total, deadline));
                    scene.model.hasHold(wallet.id, id, total, deadline);
                }
                case RawPartitions.Hold.Settled(long charged, long uncollected) -> {
                    assertThat(share.told.charge(id))
                            .as("a charge of %s at %s", id, wallet)
                            .isNotNull();
                    scene.model.hasSettled(wallet.id, id, charged, uncollected);
                    scene.buried(wallet, id);
                }
                case RawPartitions.Hold.Returned _ -> {
                    scene.model.hasReturned(wallet.id, id);
                    if (share.told.charge(id) != null) {
                        wallet.returnedBefore.add(id);
                    }
                    scene.buried(wallet, id);
                }
            }
        });
        assertThat(found)
                .as(() -> "open holds of " + wallet + " after a loss\n" + scene.describe(wallet))
                .isEqualTo(wallet.open);
    }
}
