package io.tollgate.metering.grant.postgres;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grant;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What all that is given or taken has in common: the account's lock, and the grants' rows. */
final class GrantRows {

    private static final String LOCK_ACCOUNT = Sql.beside(GrantRows.class, "lock_account");
    private static final String CONSIDER = Sql.beside(GrantRows.class, "consider");
    private static final String INSERT = Sql.beside(GrantRows.class, "insert");

    private final DatabaseClient database;

    GrantRows(DatabaseClient database) {
        this.database = database;
    }

    /** Issuing locks the same row, so nothing can lift the account between the look at its standing and the insert. */
    Mono<Void> lock(AccountId account) {
        return database.sql(LOCK_ACCOUNT).bind("account", account.value()).then();
    }

    /** Empty if there is no such account. */
    Mono<Standing> consider(Grant grant) {
        return database.sql(CONSIDER)
                .bind("account", grant.account().value())
                .bind("cause", grant.cause().name())
                .bind("causeId", grant.causeId())
                .map(Standing::of)
                .one();
    }

    /** The grant's number; empty if another account was given something for the same cause meanwhile. */
    Mono<Long> insert(Grant grant, @Nullable Credits rollover) {
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
                .bind("rollover", nullable(Long.class, rollover == null ? null : rollover.micros()))
                .mapValue(Long.class)
                .one();
    }

    private static <T> Parameter nullable(Class<T> type, @Nullable T value) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }
}
