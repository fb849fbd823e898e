package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One account's part of a batch. An event is booked wholly or, where it contradicts the book, not at all. */
final class AccountBooking {

    private record Burn(LotState before, LotState after) {}

    private final AccountId account;
    private final Position before;
    private final Map<Long, LotState> lots;
    private final UsagePostings usage;
    private final List<LedgerTransaction> grants = new ArrayList<>();
    private Position now;

    AccountBooking(AccountId account, Position before, Map<Long, LotState> lots) {
        this.account = account;
        this.before = before;
        this.lots = lots;
        this.usage = new UsagePostings(account);
        this.now = before;
    }

    Position position() {
        return now;
    }

    boolean hasChanged() {
        return !now.equals(before) || usage.hasEntries();
    }

    boolean isQuarantined() {
        return now.quarantined();
    }

    boolean hasApplied(long command) {
        return command <= now.applied();
    }

    /** The account holds nothing new until an operator has looked at it. */
    void quarantine() {
        now = new Position(
                AccountState.FROZEN, now.postedMicros(), now.debtMicros(), now.applied(), now.appliedId(), true);
    }

    void end(UsageEvent event) throws UnbookableException {
        refuseIfQuarantined();
        switch (event.kind()) {
            case SETTLED -> charge(event);
            case RELEASED, EXPIRED -> require(event.charged().isZero(), "a hold that was given back, with a charge");
            case GRANTED, CHARGED, FROZEN, THAWED, LOTS_EXPIRED, CLAWED_BACK, ALLOWANCE_REPLACED, CLOSED ->
                throw new UnbookableException("a command's effect without its number");
        }
    }

    void apply(UsageEvent event, CommandState command) throws UnbookableException {
        refuseIfQuarantined();
        require(event.command() == now.applied() + 1, "a command out of its turn");
        switch (event.kind()) {
            case GRANTED -> fill(event, command);
            case CHARGED -> charge(event);
            case FROZEN -> state(AccountState.FROZEN);
            case THAWED -> state(AccountState.ACTIVE);
            case CLOSED -> state(AccountState.CLOSED);
            case LOTS_EXPIRED, CLAWED_BACK, ALLOWANCE_REPLACED ->
                throw new UnbookableException("an effect this version does not book: " + event.kind());
            case SETTLED, RELEASED, EXPIRED -> throw new UnbookableException("a hold's end with a command's number");
        }
        now = new Position(
                now.state(), now.postedMicros(), now.debtMicros(), event.command(), event.id(), now.quarantined());
    }

    /** Every grant on its own, then all usage of the batch together. */
    List<LedgerTransaction> ledger() {
        List<LedgerTransaction> all = new ArrayList<>(grants);
        all.addAll(usage.transaction());
        return all;
    }

    private void charge(UsageEvent event) throws UnbookableException {
        Map<Long, Burn> burns = burns(event);
        move(-event.charged().micros(), event.debtChangeMicros());
        burns.forEach((grant, burn) -> {
            usage.burn(burn.before(), burn.after());
            lots.put(grant, burn.after());
        });
        usage.owe(event.debtChangeMicros(), event.uncollected().micros(), event.position());
    }

    private Map<Long, Burn> burns(UsageEvent event) throws UnbookableException {
        Map<Long, Burn> burns = LinkedHashMap.newLinkedHashMap(event.lots().size());
        long paidByLots = 0;
        for (LotShare share : event.lots()) {
            LotState lot = lots.get(share.grant());
            if (lot == null || !lot.account().equals(account)) {
                throw new UnbookableException("a lot the account does not have: " + share.grant());
            }
            require(!share.amount().exceeds(lot.remaining()), "more than the lot has left");
            Burn burn = new Burn(lot, lot.with(lot.remaining().minus(share.amount())));
            require(burns.put(share.grant(), burn) == null, "the same lot twice");
            paidByLots += share.amount().micros();
        }
        require(event.debtChangeMicros() >= 0, "a charge that lowers debt");
        require(
                paidByLots + event.debtChangeMicros() == event.charged().micros(),
                "lots and debt that miss the charge");
        return burns;
    }

    private void fill(UsageEvent event, CommandState command) throws UnbookableException {
        LotState granted = command.granted();
        if (granted == null || !granted.account().equals(account)) {
            throw new UnbookableException("a grant the account was not given");
        }
        require(!lots.containsKey(command.grant()), "a grant that was booked before");
        long filled = 0;
        for (LotShare share : event.lots()) {
            require(share.grant() == command.grant(), "another lot than the grant's");
            filled += share.amount().micros();
        }
        long paysDebt = granted.amount().micros() - filled;
        require(paysDebt >= 0 && paysDebt == -event.debtChangeMicros(), "lot and debt that miss the grant");
        LotState lot = granted.with(Credits.ofMicros(filled));
        move(granted.amount().micros(), -paysDebt);
        lots.put(command.grant(), lot);
        grants.add(UsagePostings.grant(account, command.grant(), granted, lot));
    }

    private void move(long postedMicros, long debtMicros) throws UnbookableException {
        long posted = now.postedMicros() + postedMicros;
        long debt = now.debtMicros() + debtMicros;
        require(debt >= 0 && Math.abs(posted) <= Credits.MICROS_MAX, "out of what an account can hold or owe");
        now = new Position(now.state(), posted, debt, now.applied(), now.appliedId(), now.quarantined());
    }

    private void state(AccountState state) {
        now = new Position(
                state, now.postedMicros(), now.debtMicros(), now.applied(), now.appliedId(), now.quarantined());
    }

    private void refuseIfQuarantined() throws UnbookableException {
        require(!now.quarantined(), "follows an event of the account that could not be booked");
    }

    private static void require(boolean condition, String otherwise) throws UnbookableException {
        if (!condition) {
            throw new UnbookableException(otherwise);
        }
    }
}
