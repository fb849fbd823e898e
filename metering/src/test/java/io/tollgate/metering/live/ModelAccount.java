package io.tollgate.metering.live;

import static io.tollgate.metering.credit.Credits.MICROS_MAX;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.usage.LotShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An account as the model keeps it: sums are taken anew each time instead of being carried along. */
final class ModelAccount {

    private static final Comparator<Lot> BURN_ORDER = Comparator.comparingInt(Lot::priority)
            .thenComparingLong(lot -> lot.expiresAtMillis() == Lot.NEVER ? Long.MAX_VALUE : lot.expiresAtMillis())
            .thenComparingLong(Lot::grant);

    /** What a charge or a grant did. */
    record Effect(long charged, long uncollected, long debtChange, List<LotShare> shares) {}

    final AccountId id;
    AccountState state;
    long held;
    long lastCommand;
    String lastCommandId;
    private final List<Lot> lots;
    private long debt;

    ModelAccount(AccountSnapshot booked) {
        id = booked.account();
        state = booked.state();
        lots = new ArrayList<>(booked.lots());
        debt = booked.debtMicros();
        lastCommand = booked.lastCommand();
        lastCommandId = booked.lastCommandId();
    }

    long posted() {
        return lots.stream().mapToLong(lot -> lot.remaining().micros()).sum() - debt;
    }

    Balance balance() {
        return new Balance(posted(), held);
    }

    AccountSnapshot snapshot() {
        return new AccountSnapshot(id, state, lots, debt, held, lastCommand, lastCommandId);
    }

    Effect charge(long amount) {
        List<LotShare> shares = new ArrayList<>();
        long unpaid = amount;
        while (unpaid > 0 && !lots.isEmpty()) {
            Lot first = lots.removeFirst();
            Credits share = first.remaining().min(Credits.ofMicros(unpaid));
            shares.add(new LotShare(first.grant(), share));
            unpaid -= share.micros();
            if (first.remaining().exceeds(share)) {
                lots.addFirst(with(first, first.remaining().minus(share)));
            }
        }
        long newDebt = Math.min(unpaid, MICROS_MAX - debt);
        debt += newDebt;
        return new Effect(amount - unpaid + newDebt, unpaid - newDebt, newDebt, shares);
    }

    Effect grant(Lot lot) {
        long repaid = Math.min(debt, lot.remaining().micros());
        debt -= repaid;
        Credits rest = lot.remaining().minus(Credits.ofMicros(repaid));
        if (rest.isZero()) {
            return new Effect(0, 0, -repaid, List.of());
        }
        lots.add(with(lot, rest));
        lots.sort(BURN_ORDER);
        return new Effect(0, 0, -repaid, List.of(new LotShare(lot.grant(), rest)));
    }

    private static Lot with(Lot lot, Credits remaining) {
        return new Lot(lot.grant(), remaining, lot.priority(), lot.expiresAtMillis());
    }
}
