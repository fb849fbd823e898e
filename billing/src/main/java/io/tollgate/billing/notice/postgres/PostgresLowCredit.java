package io.tollgate.billing.notice.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.LowCredit;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Notices;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.Columns;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A fall and the notice of it are one SQL transaction; the index of falls not yet over lets one of several watchers tell of it. */
final class PostgresLowCredit implements LowCredit {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLowCredit.class);

    private static final String LOOK = Sql.beside(PostgresLowCredit.class, "low_credit_look");
    private static final String PLACE = Sql.beside(PostgresLowCredit.class, "low_credit_place");
    private static final String PAGE = Sql.beside(PostgresLowCredit.class, "low_credit_page");
    private static final String MOVE = Sql.beside(PostgresLowCredit.class, "low_credit_move");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final Notices notices;

    PostgresLowCredit(DatabaseClient database, TransactionalOperator sqlTransaction, Notices notices) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.notices = notices;
    }

    private record Fall(long number, AccountId account, long thresholdMicros, long postedMicros) {

        Notice notice() {
            return new Notice(
                    account,
                    Notice.Kind.LOW_CREDIT,
                    "fall:" + number,
                    Map.of(
                            Fact.AVAILABLE, Credits.decimal(postedMicros),
                            Fact.THRESHOLD, Credits.decimal(thresholdMicros)));
        }
    }

    @Override
    public Mono<Long> look(Collection<AccountId> accounts, Credits threshold) {
        String[] ids = Columns.texts(List.copyOf(accounts), AccountId::value);
        return lookAt(ids, threshold).as(sqlTransaction::transactional).transform(PostgresFailures::told);
    }

    @Override
    public Mono<Integer> walk(int limit, Credits threshold) {
        return database.sql(PLACE)
                .mapValue(String.class)
                .one()
                .flatMap(place -> page(place, limit))
                .flatMap(page -> lookAt(page, threshold).then(move(page, limit)).thenReturn(page.length))
                .defaultIfEmpty(0)
                .as(sqlTransaction::transactional)
                .transform(PostgresFailures::told);
    }

    private Mono<String[]> page(String place, int limit) {
        return database.sql(PAGE)
                .bind("place", place)
                .bind("limit", limit)
                .mapValue(String.class)
                .all()
                .collectList()
                .map(ids -> ids.toArray(String[]::new));
    }

    private Mono<Void> move(String[] page, int limit) {
        return database.sql(MOVE)
                .bind("place", page.length < limit ? "" : page[page.length - 1])
                .then();
    }

    private Mono<Long> lookAt(String[] accounts, Credits threshold) {
        return database.sql(LOOK)
                .bind("accounts", accounts)
                .bind("threshold", threshold.micros())
                .map(PostgresLowCredit::fall)
                .all()
                .collectList()
                .flatMapIterable(falls -> falls)
                .concatMap(fall -> tell(fall).thenReturn(fall))
                .count();
    }

    private Mono<Void> tell(Fall fall) {
        return notices.post(fall.notice())
                .doOnSuccess(posted -> LOG.atInfo()
                        .addKeyValue("account", fall.account())
                        .addKeyValue("available", Credits.decimal(fall.postedMicros()))
                        .addKeyValue("threshold", Credits.decimal(fall.thresholdMicros()))
                        .log("credit_low"));
    }

    private static Fall fall(Readable row) {
        return new Fall(
                requireNonNull(row.get("number", Long.class)),
                new AccountId(requireNonNull(row.get("account", String.class))),
                requireNonNull(row.get("threshold_micros", Long.class)),
                requireNonNull(row.get("posted_micros", Long.class)));
    }
}
