package io.tollgate.metering.usage;

import static io.tollgate.metering.ledger.LedgerEntry.CREDITS;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Basis;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Postings;
import io.tollgate.metering.usage.BookState.LotState;
import java.util.List;

/** What credit does in the ledger as it comes and goes. */
final class UsagePostings {

    private final AccountId account;
    private final Postings postings = new Postings();
    private EventPosition last = EventPosition.START;

    UsagePostings(AccountId account) {
        this.account = account;
    }

    /** A lot pays: the customer has less, and what was paid for it is earned. */
    void burn(LotState before, LotState after) {
        long micros = before.remaining().micros() - after.remaining().micros();
        postings.move(LedgerAccount.customer(account), usedUpInto(before), CREDITS, micros);
        earn(postings, before, after);
    }

    /** What no lot paid is owed; what was not even charged is owed and written off at once. */
    void owe(long debtMicros, long uncollectedMicros, EventPosition position) {
        postings.move(LedgerAccount.customer(account), LedgerAccount.DEBT, CREDITS, debtMicros);
        postings.move(LedgerAccount.BAD_DEBT, LedgerAccount.DEBT, CREDITS, uncollectedMicros);
        last = position;
    }

    boolean hasEntries() {
        return !postings.entries().isEmpty();
    }

    /** None if nothing moved. */
    List<LedgerTransaction> transaction() {
        return hasEntries()
                ? List.of(new LedgerTransaction(
                        LedgerTransaction.Kind.USAGE, account + "@" + last, account, postings.entries()))
                : List.of();
    }

    /** A grant arrives; the part of it that is not in the lot pays debt, which is use. */
    static LedgerTransaction grant(AccountId account, long number, LotState granted, LotState lot) {
        Postings postings = new Postings();
        postings.move(
                comesFrom(granted),
                LedgerAccount.customer(account),
                CREDITS,
                granted.amount().micros());
        postings.move(
                LedgerAccount.DEBT,
                usedUpInto(granted),
                CREDITS,
                granted.amount().micros() - lot.remaining().micros());
        earn(postings, granted, lot);
        return new LedgerTransaction(LedgerTransaction.Kind.GRANT, "grant:" + number, account, postings.entries());
    }

    private static void earn(Postings postings, LotState before, LotState after) {
        Basis basis = before.basis();
        if (basis != null) {
            String currency = basis.paid().currency();
            postings.move(
                    LedgerAccount.revenue(currency),
                    LedgerAccount.deferred(currency),
                    currency,
                    basis.earnedMinor(before.remaining(), after.remaining()));
        }
    }

    private static LedgerAccount comesFrom(LotState lot) {
        return lot.paid() == null
                ? LedgerAccount.PROMOTIONS
                : LedgerAccount.deferred(lot.paid().currency());
    }

    private static LedgerAccount usedUpInto(LotState lot) {
        return lot.paid() == null
                ? LedgerAccount.PROMOTIONS
                : LedgerAccount.revenue(lot.paid().currency());
    }
}
