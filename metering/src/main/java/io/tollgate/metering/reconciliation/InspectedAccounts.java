package io.tollgate.metering.reconciliation;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountInspection;
import io.tollgate.metering.account.AccountInspection.Found;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.KeptLot;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.reconciliation.LiveFigures.Holds;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.usage.EventPosition;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** The live store's own accounts, seen as figures. */
public final class InspectedAccounts implements LiveView {

    private final AccountInspection accounts;
    private final Partitions partitions;
    private final Epochs epochs;

    public InspectedAccounts(AccountInspection accounts, Partitions partitions, Epochs epochs) {
        this.accounts = accounts;
        this.partitions = partitions;
        this.epochs = epochs;
    }

    @Override
    public Mono<LiveFigures> of(AccountId account) {
        return accounts.inspect(account).map(this::figures);
    }

    // An epoch that begins while one looks makes the account absent at the second look.
    private LiveFigures figures(Found found) {
        AccountSnapshot account = found.account();
        long epoch = epochs.of(partitions.of(account.account())).epoch();
        return new LiveFigures(
                account.state(),
                found.postedMicros(),
                account.debtMicros(),
                lots(account),
                new Holds(found.open(), account.heldMicros()),
                new Holds(found.holdsFound(), found.holds().micros()),
                new EventPosition(epoch, found.lastEvent()),
                account.lastCommand(),
                account.lastCommandId());
    }

    /** What holds keep of an expired lot is in the lot still, as the book has it. */
    private static SortedMap<Long, Long> lots(AccountSnapshot account) {
        SortedMap<Long, Long> lots = new TreeMap<>();
        for (Lot lot : account.lots()) {
            lots.merge(lot.grant(), lot.remaining().micros(), Long::sum);
        }
        for (KeptLot lot : account.kept()) {
            lots.merge(lot.grant(), lot.remaining().micros(), Long::sum);
        }
        return lots;
    }
}
