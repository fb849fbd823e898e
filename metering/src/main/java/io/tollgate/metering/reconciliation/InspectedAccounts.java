package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.LiveAccounts;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.reconciliation.LiveFigures.Holds;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.usage.EventPosition;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** The live store's own accounts, seen as figures. */
public final class InspectedAccounts implements LiveView {

    private final LiveAccounts accounts;
    private final Partitions partitions;
    private final Epochs epochs;

    public InspectedAccounts(LiveAccounts accounts, Partitions partitions, Epochs epochs) {
        this.accounts = accounts;
        this.partitions = partitions;
        this.epochs = epochs;
    }

    @Override
    public Mono<LiveFigures> of(AccountId account) {
        return accounts.read(account).map(this::figures);
    }

    // What was seen of the partition by the time the reply was here is no less than the account's last event.
    private LiveFigures figures(AccountSnapshot snapshot) {
        Epoch seen = epochs.of(partitions.of(snapshot.account()));
        Holds holds = new Holds(0, snapshot.heldMicros());
        return new LiveFigures(
                snapshot.state(),
                snapshot.balance().postedMicros(),
                snapshot.debtMicros(),
                lots(snapshot),
                holds,
                holds,
                new EventPosition(seen.epoch(), seen.seen()),
                snapshot.lastCommand(),
                snapshot.lastCommandId());
    }

    private static SortedMap<Long, Long> lots(AccountSnapshot snapshot) {
        SortedMap<Long, Long> lots = new TreeMap<>();
        for (Lot lot : snapshot.lots()) {
            lots.merge(lot.grant(), lot.remaining().micros(), Long::sum);
        }
        return lots;
    }
}
