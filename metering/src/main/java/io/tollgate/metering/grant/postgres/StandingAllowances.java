package io.tollgate.metering.grant.postgres;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The allowances of an account that may have something left. */
final class StandingAllowances {

    private static final String ALLOWANCES = Sql.beside(StandingAllowances.class, "allowances");

    /** No grant's number. */
    static final long NONE = 0;

    /** One, and with rollover or under open holds a few more. */
    private static final int MAX = 1_000;

    private final DatabaseClient database;

    StandingAllowances(DatabaseClient database) {
        this.database = database;
    }

    /** All but one, newest first. */
    Mono<List<Long>> of(AccountId account, long but) {
        return database.sql(ALLOWANCES)
                .bind("account", account.value())
                .bind("but", but)
                .bind("limit", MAX)
                .mapValue(Long.class)
                .all()
                .collectList();
    }
}
