package io.tollgate.metering.grant.postgres;

import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.ledger.Postings;
import io.tollgate.metering.postgres.PostgresFailures;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

final class PostgresGrants implements Grants {

    private final GrantRows rows;
    private final TransactionalOperator sqlTransaction;
    private final Commands commands;
    private final Ledger ledger;

    PostgresGrants(DatabaseClient database, TransactionalOperator sqlTransaction, Commands commands, Ledger ledger) {
        this.rows = new GrantRows(database);
        this.sqlTransaction = sqlTransaction;
        this.commands = commands;
        this.ledger = ledger;
    }

    @Override
    public Mono<GrantResult> give(Grant grant) {
        if (grant.cause() == Grant.Cause.ALLOWANCE) {
            throw new IllegalArgumentException("an allowance replaces another one: it is not given like this");
        }
        return rows.lock(grant.account())
                .then(Mono.defer(() -> rows.consider(grant)))
                .flatMap(standing -> decide(grant, standing))
                .defaultIfEmpty(new GrantResult.NoSuchAccount(grant.account()))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    private Mono<GrantResult> decide(Grant grant, Standing standing) {
        Standing.GivenBefore before = standing.before();
        if (before != null) {
            return Mono.just(answer(grant, before));
        }
        if (!standing.allows(grant.amount())) {
            return Mono.just(new GrantResult.BeyondBound(standing.allowed()));
        }
        return rows.insert(grant, null)
                .flatMap(number -> bookAndIssue(grant, number))
                .switchIfEmpty(Mono.defer(() -> rows.consider(grant)).flatMap(winner -> decide(grant, winner)));
    }

    private static GrantResult answer(Grant grant, Standing.GivenBefore before) {
        Difference difference = before.from(grant, null);
        return difference == null
                ? new GrantResult.GivenBefore(before.number())
                : new GrantResult.Conflict(difference.field(), difference.before());
    }

    private Mono<GrantResult> bookAndIssue(Grant grant, long number) {
        Command command = Command.Grant.until(number, grant.amount(), grant.priority(), grant.expiresAt());
        return ledger.book(payment(grant, number))
                .then(commands.issue(grant.account(), "grant:" + number, command))
                .map(issued -> new GrantResult.Given(number, issued));
    }

    private static List<LedgerTransaction> payment(Grant grant, long number) {
        Money paid = grant.paid();
        if (paid == null || paid.minor() == 0) {
            return List.of();
        }
        Postings postings = new Postings()
                .move(
                        LedgerAccount.deferred(paid.currency()),
                        LedgerAccount.stripeClearing(paid.currency()),
                        paid.currency(),
                        paid.minor());
        return List.of(new LedgerTransaction(
                LedgerTransaction.Kind.TOP_UP, "grant:" + number, grant.account(), postings.entries()));
    }
}
