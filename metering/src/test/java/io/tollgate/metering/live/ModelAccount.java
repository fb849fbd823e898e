package io.tollgate.metering.live;

import static io.tollgate.metering.credit.Credits.MICROS_MAX;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.account.KeptLot;
import io.tollgate.metering.account.Lot;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.reservation.HoldId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** An account as the model keeps it: sums are taken anew each time instead of being carried along. */
final class ModelAccount {

    private static final Comparator<Lot> BURN_ORDER = Comparator.comparingInt(Lot::priority)
            .thenComparingLong(lot -> lot.expiresAtMillis() == Lot.NEVER ? Long.MAX_VALUE : lot.expiresAtMillis())
            .thenComparingLong(Lot::grant);

    /** An open hold: what it keeps, until when, and how many times lots of its account had expired when it was made. */
    record OpenHold(long total, long deadline, long generation) {}

    /** What is left of a lot that expired in a generation: for the holds made before it. */
    private record Kept(long grant, long remaining, long generation) {}

    final AccountId id;
    AccountState state;
    long lastCommand;
    String lastCommandId;
    long lastEvent;
    long generation;
    final Map<HoldId, OpenHold> holds;
    private final List<Lot> lots;
    private List<Kept> kept = new ArrayList<>();
    private long debt;

    /** @param holds those of the account that are open; they survive it */
    ModelAccount(AccountSnapshot booked, Map<HoldId, OpenHold> holds, long lastEvent) {
        id = booked.account();
        state = booked.state();
        lots = new ArrayList<>(booked.lots());
        debt = booked.debtMicros();
        lastCommand = booked.lastCommand();
        lastCommandId = booked.lastCommandId();
        this.holds = holds;
        this.lastEvent = lastEvent;
        generation =
                holds.values().stream().mapToLong(OpenHold::generation).max().orElse(0);
    }

    long posted() {
        return lots.stream().mapToLong(lot -> lot.remaining().micros()).sum()
                + kept.stream().mapToLong(Kept::remaining).sum()
                - debt;
    }

    long held() {
        return holds.values().stream().mapToLong(OpenHold::total).sum();
    }

    Balance balance() {
        return new Balance(posted(), held());
    }

    boolean isIdle() {
        return holds.isEmpty() && kept.isEmpty();
    }

    AccountSnapshot snapshot() {
        List<KeptLot> keptLots = kept.stream()
                .map(lot -> new KeptLot(
                        lot.grant(),
                        Credits.ofMicros(lot.remaining()),
                        lot.generation(),
                        Credits.ofMicros(heldBefore(lot.generation()))))
                .toList();
        return new AccountSnapshot(
                id, state, lots, keptLots, debt, held(), lastCommand, lastCommandId, BookedUpTo.NOTHING);
    }

    private long heldBefore(long someGeneration) {
        return holds.values().stream()
                .filter(hold -> hold.generation() < someGeneration)
                .mapToLong(OpenHold::total)
                .sum();
    }

    /** Lots whose time has come become what the open holds keep of them. */
    ModelEffect expireDue(long now) {
        return expire(lot -> lot.expiresAtMillis() != Lot.NEVER && lot.expiresAtMillis() <= now);
    }

    private ModelEffect expire(Predicate<Lot> due) {
        List<Lot> gone = lots.stream().filter(due).toList();
        if (gone.isEmpty()) {
            return ModelEffect.NOTHING;
        }
        generation++;
        lots.removeAll(gone);
        gone.forEach(lot -> kept.add(new Kept(lot.grant(), lot.remaining().micros(), generation)));
        return letGo(ModelEffect.NOTHING);
    }

    /** Nothing is kept beyond what the holds hold that were there before it expired. */
    ModelEffect letGo(ModelEffect effect) {
        List<Kept> left = new ArrayList<>();
        ModelEffect after = effect;
        long above = 0;
        for (Kept lot : kept) {
            long stays = Math.min(lot.remaining(), Math.max(0, heldBefore(lot.generation()) - above));
            above += stays;
            after = after.expired(lot.grant(), lot.remaining() - stays);
            if (stays > 0) {
                left.add(new Kept(lot.grant(), stays, lot.generation()));
            }
        }
        kept = left;
        return after;
    }

    /** A charge to a hold: first to what has expired since it was made. */
    ModelEffect charge(long amount, long holdGeneration) {
        ModelEffect effect = takeKept(ModelEffect.NOTHING, amount, lot -> holdGeneration < lot.generation());
        return owe(takeLots(effect, amount - effect.paid(), lot -> true), amount);
    }

    /** A charge to no hold. */
    ModelEffect charge(long amount) {
        return charge(amount, Long.MAX_VALUE);
    }

    ModelEffect clawBack(List<Long> grants, long amount) {
        ModelEffect effect = ModelEffect.NOTHING;
        for (long grant : grants) {
            effect = takeLots(effect, amount - effect.paid(), lot -> lot.grant() == grant);
            effect = takeKept(effect, amount - effect.paid(), lot -> lot.grant() == grant);
        }
        return owe(effect, amount);
    }

    private ModelEffect takeKept(ModelEffect effect, long amount, Predicate<Kept> which) {
        List<Kept> left = new ArrayList<>();
        ModelEffect after = effect;
        long wanted = amount;
        for (Kept lot : kept) {
            long taken = which.test(lot) ? Math.min(wanted, lot.remaining()) : 0;
            wanted -= taken;
            after = after.paid(lot.grant(), taken);
            if (taken < lot.remaining()) {
                left.add(new Kept(lot.grant(), lot.remaining() - taken, lot.generation()));
            }
        }
        kept = left;
        return after;
    }

    private ModelEffect takeLots(ModelEffect effect, long amount, Predicate<Lot> which) {
        ModelEffect after = effect;
        long wanted = amount;
        for (int i = 0; i < lots.size() && wanted > 0; i++) {
            Lot lot = lots.get(i);
            Credits taken = which.test(lot) ? lot.remaining().min(Credits.ofMicros(wanted)) : Credits.ZERO;
            wanted -= taken.micros();
            after = after.paid(lot.grant(), taken.micros());
            lots.set(i, with(lot, lot.remaining().minus(taken)));
        }
        lots.removeIf(lot -> lot.remaining().isZero());
        return after;
    }

    private ModelEffect owe(ModelEffect effect, long amount) {
        long unpaid = amount - effect.paid();
        long newDebt = Math.min(unpaid, MICROS_MAX - debt);
        debt += newDebt;
        return effect.charged(amount - unpaid + newDebt, unpaid - newDebt, newDebt);
    }

    ModelEffect grant(Lot lot) {
        return grant(ModelEffect.NOTHING, lot);
    }

    private ModelEffect grant(ModelEffect effect, Lot lot) {
        long repaid = Math.min(debt, lot.remaining().micros());
        debt -= repaid;
        Credits rest = lot.remaining().minus(Credits.ofMicros(repaid));
        insert(with(lot, rest));
        return effect.charged(0, 0, -repaid).paid(lot.grant(), rest.micros());
    }

    private void insert(Lot lot) {
        if (!lot.remaining().isZero()) {
            lots.add(lot);
            lots.sort(BURN_ORDER);
        }
    }

    ModelEffect replace(Set<Long> replaced, long rollover, Lot allowance) {
        List<Lot> rolled = new ArrayList<>();
        long room = rollover;
        for (Iterator<Lot> all = List.copyOf(lots).iterator(); all.hasNext() && room > 0; ) {
            Lot lot = all.next();
            if (replaced.contains(lot.grant())) {
                Credits stays = lot.remaining().min(Credits.ofMicros(room));
                room -= stays.micros();
                lots.set(lots.indexOf(lot), with(lot, lot.remaining().minus(stays)));
                rolled.add(new Lot(lot.grant(), stays, lot.priority(), allowance.expiresAtMillis()));
            }
        }
        lots.removeIf(lot -> lot.remaining().isZero());
        ModelEffect effect = expire(lot -> replaced.contains(lot.grant()));
        rolled.forEach(this::insert);
        ModelEffect granted = grant(effect, allowance);
        for (Lot lot : rolled) {
            granted = granted.paid(lot.grant(), lot.remaining().micros());
        }
        return granted;
    }

    ModelEffect end(Set<Long> ended) {
        return expire(lot -> ended.contains(lot.grant()));
    }

    private static Lot with(Lot lot, Credits remaining) {
        return new Lot(lot.grant(), remaining, lot.priority(), lot.expiresAtMillis());
    }
}
