package io.tollgate.metering.usage;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountState;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.usage.BatchOutcome.Drift;
import io.tollgate.metering.usage.BookState.CommandState;
import io.tollgate.metering.usage.BookState.LotState;
import io.tollgate.metering.usage.BookState.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One account's part of a batch. An event is booked wholly or, where it contradicts the book, not at all. */
final class AccountBooking {

    private final AccountId account;
    private final Position before;
    private final Map<Long, LotState> lots;
    private final LedgerTally usage;
    private final LedgerTally expiry;
    private final List<LedgerTransaction> alone = new ArrayList<>();
    private Position now;
    private @Nullable Drift drift;

    AccountBooking(AccountId account, Position before, Map<Long, LotState> lots) {
        this.account = account;
        this.before = before;
        this.lots = lots;
        this.usage = new LedgerTally(LedgerTransaction.Kind.USAGE, account);
        this.expiry = new LedgerTally(LedgerTransaction.Kind.EXPIRY, account);
        this.now = before;
    }

    Position position() {
        return now;
    }

    boolean hasChanged() {
        return !now.equals(before);
    }

    boolean isQuarantined() {
        return now.quarantined();
    }

    boolean hasApplied(long command) {
        return command <= now.applied();
    }

    /** Where the live store's count began to differ, null if it did not. */
    @Nullable
    Drift drift() {
        return drift;
    }

    /** The account holds nothing new until an operator has looked at it. */
    void quarantine() {
        AccountState state = now.state() == AccountState.CLOSED ? AccountState.CLOSED : AccountState.FROZEN;
        now = new Position(state, now.postedMicros(), now.debtMicros(), now.applied(), now.appliedId(), true);
    }

    /**
     * Books the event, and answers it with the book's posted.
     *
     * @param command whose effect it is, null for none
     */
    UsageEvent book(UsageEvent event, @Nullable CommandState command) throws UnbookableException {
        refuseUnlessItsTurn(event, command);
        try {
            count(event, effect(event, command));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new UnbookableException("amounts that cannot be added up: " + e.getMessage(), e);
        }
        if (drift == null && event.postedAfterMicros() != now.postedMicros()) {
            drift = new Drift(account, event.position(), event.postedAfterMicros(), now.postedMicros());
        }
        return event.leaving(now.postedMicros());
    }

    /** Every grant and clawback on its own, all usage and all expiry of the batch together. */
    List<LedgerTransaction> ledger() {
        List<LedgerTransaction> all = new ArrayList<>(alone);
        all.addAll(usage.transactions());
        all.addAll(expiry.transactions());
        return all;
    }

    private EventEffect effect(UsageEvent event, @Nullable CommandState command) throws UnbookableException {
        return command == null ? EventEffect.of(event, now, lots) : EventEffect.of(event, command, now, lots);
    }

    private void count(UsageEvent event, EventEffect effect) {
        // What cannot be added up is found out before anything is.
        effect.expiry().volume();
        usage.add(effect.usage(), event);
        expiry.add(effect.expiry(), event);
        alone.addAll(effect.alone());
        lots.putAll(effect.lots());
        now = effect.on(now);
    }

    private void refuseUnlessItsTurn(UsageEvent event, @Nullable CommandState command) throws UnbookableException {
        if (now.quarantined()) {
            throw new UnbookableException("follows an event of the account that could not be booked");
        }
        if (command != null && event.command() != now.applied() + 1) {
            throw new UnbookableException("a command out of its turn");
        }
    }
}
