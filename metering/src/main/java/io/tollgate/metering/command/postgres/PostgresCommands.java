package io.tollgate.metering.command.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.postgres.HoldDay;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresCommands implements Commands {

    private static final String LOCK_HEAD = Sql.beside(PostgresCommands.class, "lock_head");
    private static final String ISSUE = Sql.beside(PostgresCommands.class, "issue");
    private static final String FIND = Sql.beside(PostgresCommands.class, "find");
    private static final String UNAPPLIED = Sql.beside(PostgresCommands.class, "unapplied");
    private static final String AT = Sql.beside(PostgresCommands.class, "at");
    private static final String ACCOUNTS_WAITING = Sql.beside(PostgresCommands.class, "accounts_waiting");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;

    PostgresCommands(DatabaseClient database, TransactionalOperator sqlTransaction) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
    }

    @Override
    public Mono<IssuedCommand> issue(AccountId account, String id, Command command) {
        return lockHead(account)
                .then(Mono.defer(() -> insert(account, id, command)))
                .switchIfEmpty(Mono.defer(() -> find(id)))
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<IssuedCommand> unapplied(AccountId account, int limit) {
        return database.sql(UNAPPLIED)
                .bind("account", account.value())
                .bind("limit", limit)
                .map(PostgresCommands::issued)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<IssuedCommand> at(Collection<Place> places) {
        return database.sql(AT)
                .bind(
                        "accounts",
                        places.stream().map(place -> place.account().value()).toArray(String[]::new))
                .bind("numbers", places.stream().map(Place::number).toArray(Long[]::new))
                .map(PostgresCommands::issued)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<AccountId> accountsWaiting(Duration age, int limit) {
        return database.sql(ACCOUNTS_WAITING)
                .bind("ageMillis", age.toMillis())
                .bind("limit", limit)
                .map(row -> new AccountId(requireNonNull(row.get("account", String.class))))
                .all()
                .transform(PostgresFailures::told);
    }

    private Mono<Long> lockHead(AccountId account) {
        return database.sql(LOCK_HEAD)
                .bind("account", account.value())
                .mapValue(Long.class)
                .one()
                .switchIfEmpty(Mono.error(() -> new IllegalArgumentException("no such account: " + account)));
    }

    /** Empty if a command of this id was issued before, or the hold it would charge is charged in the book. */
    private Mono<IssuedCommand> insert(AccountId account, String id, Command command) {
        CommandPayload payload = CommandPayload.of(command);
        UUID hold = command instanceof Command.LateCharge late ? UUID.fromString(late.holdId()) : null;
        return database.sql(ISSUE)
                .bind("account", account.value())
                .bind("id", id)
                .bind("kind", payload.kind())
                .bind("payload", payload.json())
                .bind("lifts", payload.liftsMicros())
                .bind("hold", hold == null ? Parameters.in(UUID.class) : Parameters.in(hold))
                .bind("day", hold == null ? Parameters.in(Integer.class) : Parameters.in(HoldDay.of(hold)))
                .mapValue(Long.class)
                .one()
                .map(number -> new IssuedCommand(account, number, id, command));
    }

    private Mono<IssuedCommand> find(String id) {
        return database.sql(FIND).bind("id", id).map(PostgresCommands::issued).one();
    }

    private static IssuedCommand issued(Readable row) {
        CommandPayload payload = new CommandPayload(
                requireNonNull(row.get("kind", String.class)), requireNonNull(row.get("payload", String.class)), 0);
        return new IssuedCommand(
                new AccountId(requireNonNull(row.get("account", String.class))),
                requireNonNull(row.get("number", Long.class)),
                requireNonNull(row.get("id", String.class)),
                payload.command());
    }
}
