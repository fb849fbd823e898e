package io.tollgate.metering.usage;

import static io.tollgate.metering.ledger.LedgerEntry.CREDITS;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.ledger.Basis;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Postings;
import io.tollgate.metering.usage.BookState.LotState;
import java.util.function.Function;

/** What credit does in the ledger as it comes and goes, and with it what was paid for it. */
final class LotPostings {

    private LotPostings() {}

    /** A lot pays: the customer has less, and what was paid for it is earned. */
    static void burn(Postings postings, LotState before, LotState after) {
        postings.move(LedgerAccount.customer(before.account()), usedUpInto(before), CREDITS, less(before, after));
        moveBasis(postings, LedgerAccount::revenue, before, after);
    }

    /** A lot goes unused: what was paid for it is earned all the same. */
    static void expire(Postings postings, LotState before, LotState after) {
        postings.move(LedgerAccount.customer(before.account()), LedgerAccount.BREAKAGE, CREDITS, less(before, after));
        moveBasis(postings, LedgerAccount::revenue, before, after);
    }

    /** A lot is taken back: its credit goes where it came from, and what was paid for it is to be given back. */
    static void takeBack(Postings postings, LotState before, LotState after) {
        postings.move(LedgerAccount.customer(before.account()), comesFrom(before), CREDITS, less(before, after));
        moveBasis(postings, LedgerAccount::refunds, before, after);
    }

    /** What no lot paid is owed; what was not even charged is owed and written off at once. */
    static void owe(Postings postings, AccountId account, long debtMicros, long uncollectedMicros) {
        postings.move(LedgerAccount.customer(account), LedgerAccount.DEBT, CREDITS, debtMicros);
        postings.move(LedgerAccount.BAD_DEBT, LedgerAccount.DEBT, CREDITS, uncollectedMicros);
    }

    /** A grant arrives; the part of it that is not in the lot pays debt, which is use. */
    static LedgerTransaction grant(long number, LotState granted, LotState lot) {
        Postings postings = new Postings();
        postings.move(
                comesFrom(granted),
                LedgerAccount.customer(granted.account()),
                CREDITS,
                granted.amount().micros());
        postings.move(LedgerAccount.DEBT, usedUpInto(granted), CREDITS, less(granted, lot));
        moveBasis(postings, LedgerAccount::revenue, granted, lot);
        return new LedgerTransaction(
                LedgerTransaction.Kind.GRANT, "grant:" + number, granted.account(), postings.entries());
    }

    private static void moveBasis(
            Postings postings, Function<String, LedgerAccount> to, LotState before, LotState after) {
        Basis basis = before.basis();
        if (basis != null) {
            String currency = basis.paid().currency();
            postings.move(
                    to.apply(currency),
                    LedgerAccount.deferred(currency),
                    currency,
                    basis.earnedMinor(before.remaining(), after.remaining()));
        }
    }

    private static long less(LotState before, LotState after) {
        return before.remaining().micros() - after.remaining().micros();
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
