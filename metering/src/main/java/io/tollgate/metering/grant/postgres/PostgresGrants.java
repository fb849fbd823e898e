package io.tollgate.metering.grant.postgres;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Lot;
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
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

final class PostgresGrants implements Grants {

    private static final String LOCK_ACCOUNT = Sql.beside(PostgresGrants.class, "lock_account");
    private static final String CONSIDER = Sql.beside(PostgresGrants.class, "consider");
    private static final String INSERT = Sql.beside(PostgresGrants.class, "insert");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final Commands commands;
    private final Ledger ledger;

    PostgresGrants(DatabaseClient database, TransactionalOperator sqlTransaction, Commands commands, Ledger ledger) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.commands = commands;
        this.ledger = ledger;
    }

    @Override
    public Mono<GrantResult> give(Grant grant) {
        return lockAccount(grant.account())
                .then(Mono.defer(() -> consider(grant)))
                .flatMap(standing -> decide(grant, standing))
                .defaultIfEmpty(new GrantResult.NoSuchAccount(grant.account()))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    // Issuing locks the same row, so nothing can lift the account between the look at its standing and the insert.
    private Mono<Void> lockAccount(AccountId account) {
        return database.sql(LOCK_ACCOUNT).bind("account", account.value()).then();
    }

    /** Empty if there is no such account. */
    private Mono<Standing> consider(Grant grant) {
        return database.sql(CONSIDER)
                .bind("account", grant.account().value())
                .bind("cause", grant.cause().name())
                .bind("causeId", grant.causeId())
                .map(Standing::of)
                .one();
    }

    private Mono<GrantResult> decide(Grant grant, Standing standing) {
        GrantResult answer = standing.answerTo(grant);
        if (answer != null) {
            return Mono.just(answer);
        }
        if (grant.amount().micros() > standing.allowed().micros()) {
            return Mono.just(new GrantResult.BeyondBound(standing.allowed()));
        }
        return insert(grant)
                .flatMap(number -> bookAndIssue(grant, number))
                .switchIfEmpty(Mono.defer(() -> consider(grant)).mapNotNull(winner -> winner.answerTo(grant)));
    }

    /** Empty if another account was given something for the same cause meanwhile. */
    private Mono<Long> insert(Grant grant) {
        Money paid = grant.paid();
        return database.sql(INSERT)
                .bind("account", grant.account().value())
                .bind("amount", grant.amount().micros())
                .bind("cause", grant.cause().name())
                .bind("causeId", grant.causeId())
                .bind("paid", nullable(Long.class, paid == null ? null : paid.minor()))
                .bind("currency", nullable(String.class, paid == null ? null : paid.currency()))
                .bind("priority", grant.priority())
                .bind("expiresAt", nullable(Instant.class, grant.expiresAt()))
                .mapValue(Long.class)
                .one();
    }

    private Mono<GrantResult> bookAndIssue(Grant grant, long number) {
        Instant expiry = grant.expiresAt();
        Command command = new Command.Grant(
                number, grant.amount(), grant.priority(), expiry == null ? Lot.NEVER : expiry.toEpochMilli());
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

    private static <T> Parameter nullable(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }
}
