package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Postings;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one event does to its account and lots, worked out and checked as a whole before any of it counts. */
final class EventEffect {

    private final UsageEvent event;
    private final Map<Long, LotState> lotsBefore;
    private final Map<Long, LotState> lots = new LinkedHashMap<>();
    private final Postings usage = new Postings();
    private final Postings expiry = new Postings();
    private final List<LedgerTransaction> alone = new ArrayList<>(0);
    private AccountState state;
    private long posted;
    private long debt;

    private EventEffect(UsageEvent event, Position before, Map<Long, LotState> lots) {
        this.event = event;
        this.lotsBefore = lots;
        this.state = before.state();
        this.posted = before.postedMicros();
        this.debt = before.debtMicros();
    }

    /** Of an event that is no command's. */
    static EventEffect of(UsageEvent event, Position before, Map<Long, LotState> lots) throws UnbookableException {
        EventEffect effect = new EventEffect(event, before, lots);
        switch (event.kind()) {
            case SETTLED -> effect.charge();
            case RELEASED, EXPIRED, LOTS_EXPIRED -> effect.requireNoCharge();
            case GRANTED, CHARGED, FROZEN, THAWED, CLAWED_BACK, ALLOWANCE_REPLACED, ALLOWANCES_ENDED, CLOSED ->
                throw new UnbookableException("a command's effect without its number");
        }
        effect.expire();
        return effect;
    }

    /** Of a command. */
    static EventEffect of(UsageEvent event, CommandState command, Position before, Map<Long, LotState> lots)
            throws UnbookableException {
        EventEffect effect = new EventEffect(event, before, lots);
        switch (command.command()) {
            case Command.Grant grant -> {
                effect.requireKind(UsageEvent.Kind.GRANTED);
                effect.requireOnlyLotOf(grant);
                effect.fill(grant, command.granted());
            }
            case Command.LateCharge _ -> {
                effect.requireKind(UsageEvent.Kind.CHARGED);
                effect.charge();
            }
            case Command.Clawback clawback -> {
                effect.requireKind(UsageEvent.Kind.CLAWED_BACK);
                effect.takeBack(clawback);
            }
            case Command.ReplaceAllowance replacement -> {
                effect.requireKind(UsageEvent.Kind.ALLOWANCE_REPLACED);
                effect.requireOnlyLotsOf(replacement);
                effect.endAllowances(
                        replacement.replaced(), replacement.allowance().expiresAtMillis());
                effect.fill(replacement.allowance(), command.granted());
            }
            case Command.EndAllowances(List<Long> ended) -> {
                effect.requireKind(UsageEvent.Kind.ALLOWANCES_ENDED);
                effect.requireNoCharge();
                effect.endAllowances(ended, event.atMillis());
            }
            case Command.Freeze _ -> effect.enter(AccountState.FROZEN, UsageEvent.Kind.FROZEN);
            case Command.Thaw _ -> effect.enter(AccountState.ACTIVE, UsageEvent.Kind.THAWED);
            case Command.Close _ -> effect.enter(AccountState.CLOSED, UsageEvent.Kind.CLOSED);
        }
        effect.expire();
        return effect;
    }

    /** The account's position behind the event. */
    Position on(Position before) {
        return event.command() == 0
                ? new Position(state, posted, debt, before.applied(), before.appliedId(), before.quarantined())
                : new Position(state, posted, debt, event.command(), event.id(), before.quarantined());
    }

    /** Those that the event changed. */
    Map<Long, LotState> lots() {
        return lots;
    }

    Postings usage() {
        return usage;
    }

    Postings expiry() {
        return expiry;
    }

    /** What is booked for this event alone. */
    List<LedgerTransaction> alone() {
        return alone;
    }

    private interface Taking {
        void post(Postings postings, LotState before, LotState after);
    }

    private void charge() throws UnbookableException {
        take(event.lots(), usage, LotPostings::burn);
        oweTheRest(usage);
    }

    private void takeBack(Command.Clawback clawback) throws UnbookableException {
        for (LotShare share : event.lots()) {
            require(clawback.grants().contains(share.grant()), "a lot that was not to give");
        }
        require(
                event.charged().micros() + event.uncollected().micros()
                        == clawback.amount().micros(),
                "another amount than the clawback's");
        Postings taken = new Postings();
        take(event.lots(), taken, LotPostings::takeBack);
        oweTheRest(taken);
        if (!taken.entries().isEmpty()) {
            alone.add(new LedgerTransaction(
                    LedgerTransaction.Kind.CLAWBACK, event.id(), event.account(), taken.entries()));
        }
    }

    private void requireOnlyLotOf(Command.Grant grant) throws UnbookableException {
        for (LotShare share : event.lots()) {
            require(share.grant() == grant.grant(), "another lot than the grant's");
        }
    }

    private void oweTheRest(Postings postings) throws UnbookableException {
        long charged = event.charged().micros();
        long owed = event.debtChangeMicros();
        require(owed >= 0, "a charge that lowers debt");
        require(Math.addExact(LotShare.sum(event.lots()), owed) == charged, "lots and debt that miss the charge");
        LotPostings.owe(postings, event.account(), owed, event.uncollected().micros());
        move(-charged, owed);
    }

    private void fill(Command.Grant grant, @Nullable LotState granted) throws UnbookableException {
        if (granted == null || !granted.account().equals(event.account())) {
            throw new UnbookableException("a grant the account was not given");
        }
        require(!lotsBefore.containsKey(grant.grant()), "a grant that was booked before");
        long filled = LotShare.of(grant.grant(), event.lots());
        long paysDebt = granted.amount().micros() - filled;
        require(paysDebt >= 0 && paysDebt == -event.debtChangeMicros(), "lot and debt that miss the grant");
        requireNothingCharged();
        LotState lot = granted.with(Credits.ofMicros(filled));
        lots.put(grant.grant(), lot);
        alone.add(LotPostings.grant(grant.grant(), granted, lot));
        move(granted.amount().micros(), -paysDebt);
    }

    private void requireOnlyLotsOf(Command.ReplaceAllowance replacement) throws UnbookableException {
        long fresh = replacement.allowance().grant();
        for (LotShare share : event.lots()) {
            require(
                    share.grant() == fresh || replacement.replaced().contains(share.grant()),
                    "a lot that was not to be replaced");
        }
    }

    /**
     * What has rolled over lives as long as the new one; the others end with this event. The event says which: what is left of a lot
     * in the book may be what open holds keep of one that has expired.
     */
    private void endAllowances(List<Long> ended, long rolledExpiresAtMillis) {
        for (long grant : ended) {
            LotState lot = lotsBefore.get(grant);
            if (lot == null || !lot.account().equals(event.account())) {
                continue;
            }
            if (LotShare.of(grant, event.lots()) > 0) {
                lots.put(grant, lot.expiringAt(rolledExpiresAtMillis));
            } else if (!BurnOrder.isOver(lot, event.atMillis())) {
                lots.put(grant, lot.expiringAt(event.atMillis()));
            }
        }
    }

    private void expire() throws UnbookableException {
        take(event.expired(), expiry, LotPostings::expire);
        move(-LotShare.sum(event.expired()), 0);
    }

    private void take(List<LotShare> shares, Postings postings, Taking taking) throws UnbookableException {
        for (int i = 0; i < shares.size(); i++) {
            LotShare share = shares.get(i);
            LotState lot = lot(share.grant());
            require(isFirstOf(shares, i), "the same lot twice");
            require(!share.amount().exceeds(lot.remaining()), "more than the lot has left");
            LotState after = lot.with(lot.remaining().minus(share.amount()));
            taking.post(postings, lot, after);
            lots.put(share.grant(), after);
        }
    }

    private static boolean isFirstOf(List<LotShare> shares, int index) {
        for (int i = 0; i < index; i++) {
            if (shares.get(i).grant() == shares.get(index).grant()) {
                return false;
            }
        }
        return true;
    }

    private LotState lot(long grant) throws UnbookableException {
        LotState lot = lots.containsKey(grant) ? lots.get(grant) : lotsBefore.get(grant);
        if (lot == null || !lot.account().equals(event.account())) {
            throw new UnbookableException("a lot the account does not have: " + grant);
        }
        return lot;
    }

    private void enter(AccountState next, UsageEvent.Kind kind) throws UnbookableException {
        requireKind(kind);
        requireNoCharge();
        state = state == AccountState.CLOSED ? AccountState.CLOSED : next;
    }

    private void move(long postedMicros, long debtMicros) throws UnbookableException {
        posted = Math.addExact(posted, postedMicros);
        debt = Math.addExact(debt, debtMicros);
        require(
                debt >= 0 && debt <= Credits.MICROS_MAX && Math.abs(posted) <= Credits.MICROS_MAX,
                "out of what an account can hold or owe");
    }

    private void requireNoCharge() throws UnbookableException {
        requireNothingCharged();
        require(event.lots().isEmpty() && event.debtChangeMicros() == 0, "lots or debt without a charge");
    }

    private void requireNothingCharged() throws UnbookableException {
        require(event.charged().isZero(), "a charge where nothing can be charged");
    }

    private void requireKind(UsageEvent.Kind kind) throws UnbookableException {
        require(event.kind() == kind, "another effect than the command's");
    }

    private static void require(boolean condition, String otherwise) throws UnbookableException {
        if (!condition) {
            throw new UnbookableException(otherwise);
        }
    }
}
