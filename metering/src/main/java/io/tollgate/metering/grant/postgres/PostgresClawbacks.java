package io.tollgate.metering.grant.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.CauseId;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresClawbacks implements Clawbacks {

    private static final String CONSIDER = Sql.beside(PostgresClawbacks.class, "consider_clawback");
    private static final String INSERT = Sql.beside(PostgresClawbacks.class, "insert_clawback");
    private static final String PAID_LOTS = Sql.beside(PostgresClawbacks.class, "paid_lots");

    /** Paid lots that stand in for the grant's own; what more of them there are is not asked, and debt takes their part. */
    private static final int OTHERS_MAX = 1_000;

    private final DatabaseClient database;
    private final GrantRows rows;
    private final TransactionalOperator sqlTransaction;
    private final Commands commands;

    PostgresClawbacks(DatabaseClient database, TransactionalOperator sqlTransaction, Commands commands) {
        this.database = database;
        this.rows = new GrantRows(database);
        this.sqlTransaction = sqlTransaction;
        this.commands = commands;
    }

    @Override
    public Mono<ClawbackResult> take(AccountId account, String causeId, long grant, Credits amount) {
        if (amount.isZero()) {
            return Mono.just(new ClawbackResult.Invalid("credits", "more than zero"));
        }
        if (!CauseId.isAllowed(causeId)) {
            return Mono.just(new ClawbackResult.Invalid("cause id", CauseId.ALLOWED));
        }
        Wanted wanted = new Wanted(account, causeId, grant, amount);
        return rows.lock(account)
                .then(Mono.defer(() -> consider(wanted)))
                .flatMap(standing -> decide(wanted, standing))
                .defaultIfEmpty(new ClawbackResult.NoSuchAccount(account))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    /** What is to be taken. */
    record Wanted(AccountId account, String causeId, long grant, Credits amount) {}

    /** Empty if there is no such account. */
    private Mono<ClawbackStanding> consider(Wanted wanted) {
        return database.sql(CONSIDER)
                .bind("account", wanted.account().value())
                .bind("causeId", wanted.causeId())
                .bind("grant", wanted.grant())
                .map(ClawbackStanding::of)
                .one();
    }

    private Mono<ClawbackResult> decide(Wanted wanted, ClawbackStanding standing) {
        ClawbackResult answer = standing.answerTo(wanted);
        return answer != null
                ? Mono.just(answer)
                : insert(wanted)
                        .flatMap(number -> issue(wanted, number))
                        .switchIfEmpty(Mono.defer(() -> consider(wanted)).flatMap(winner -> decide(wanted, winner)));
    }

    /** Empty if something was taken for the same cause of another account meanwhile. */
    private Mono<Long> insert(Wanted wanted) {
        return database.sql(INSERT)
                .bind("account", wanted.account().value())
                .bind("grant", wanted.grant())
                .bind("amount", wanted.amount().micros())
                .bind("causeId", wanted.causeId())
                .mapValue(Long.class)
                .one();
    }

    private Mono<ClawbackResult> issue(Wanted wanted, long number) {
        return lots(wanted)
                .map(grants -> new Command.Clawback(grants, wanted.amount()))
                .flatMap(command -> commands.issue(wanted.account(), "clawback:" + number, command))
                .map(issued -> new ClawbackResult.Taken(number, issued));
    }

    private Mono<List<Long>> lots(Wanted wanted) {
        Flux<Long> others = database.sql(PAID_LOTS)
                .bind("account", wanted.account().value())
                .bind("but", wanted.grant())
                .bind("limit", OTHERS_MAX)
                .mapValue(Long.class)
                .all();
        return others.startWith(wanted.grant()).collectList();
    }
}
