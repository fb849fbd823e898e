package io.tollgate.billing.reversal.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.LedgerTransaction.Kind;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.Postings;
import java.util.List;
import reactor.core.publisher.Mono;

/** Money that goes back, in the ledger. */
final class MoneyMoves {

    private final Ledger ledger;

    MoneyMoves(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Money that left for a refund or a dispute; below zero: that came back. */
    record Movement(Kind kind, String cause, AccountId account, String currency, long outMinor) {}

    Mono<Void> book(Movement movement) {
        Postings postings = new Postings()
                .move(
                        LedgerAccount.stripeClearing(movement.currency()),
                        LedgerAccount.refunds(movement.currency()),
                        movement.currency(),
                        movement.outMinor());
        return movement.outMinor() == 0
                ? Mono.empty()
                : ledger.book(List.of(new LedgerTransaction(
                        movement.kind(), movement.cause(), movement.account(), postings.entries())));
    }

    /** The grant books what was paid for it as money that came in. It had come in before: taking the credit had put it to the refunds. */
    Mono<Void> notPaidAnew(Grant grant, Money basis) {
        return book(new Movement(
                Kind.REFUND, "given back:" + grant.causeId(), grant.account(), basis.currency(), basis.minor()));
    }
}
