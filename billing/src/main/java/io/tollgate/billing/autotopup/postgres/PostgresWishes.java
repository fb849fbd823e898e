package io.tollgate.billing.autotopup.postgres;

import io.tollgate.billing.autotopup.AutoTopUp;
import io.tollgate.billing.autotopup.Card;
import io.tollgate.billing.autotopup.Wishes;
import io.tollgate.billing.catalog.Choice;
import io.tollgate.billing.notice.Fact;
import io.tollgate.billing.notice.Notice;
import io.tollgate.billing.notice.Notices;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

final class PostgresWishes implements Wishes {

    private static final String PUT = Sql.beside(PostgresWishes.class, "wish_put");
    private static final String OFF = Sql.beside(PostgresWishes.class, "wish_off");
    private static final String OFF_WITHOUT_CARD = Sql.beside(PostgresWishes.class, "off_without_card");
    private static final String SAVE = Sql.beside(PostgresWishes.class, "card_save");
    private static final String OWNER = Sql.beside(PostgresWishes.class, "card_owner");
    private static final String REMOVE = Sql.beside(PostgresWishes.class, "card_remove");
    private static final String RENEW = Sql.beside(PostgresWishes.class, "card_renew");
    private static final String ACCOUNT_OF = Sql.beside(PostgresWishes.class, "account_of");

    private final DatabaseClient database;
    private final TransactionalOperator sqlTransaction;
    private final Notices notices;

    PostgresWishes(DatabaseClient database, TransactionalOperator sqlTransaction, Notices notices) {
        this.database = database;
        this.sqlTransaction = sqlTransaction;
        this.notices = notices;
    }

    @Override
    public Mono<Void> put(AccountId account, AutoTopUp wish, Instant now) {
        return of(PUT, account)
                .bind("enabled", wish.enabled())
                .bind("threshold", wish.threshold().micros())
                .bind("pack", Rows.orNull(pack(wish.choice())))
                .bind("amount", Rows.orNull(amount(wish.choice())))
                .bind("cap", wish.cap().minor())
                .bind("currency", wish.cap().currency())
                .bind("now", now)
                .then()
                .transform(PostgresFailures::told);
    }

    private static @Nullable String pack(Choice choice) {
        return choice instanceof Choice.OfPack pack ? pack.packId() : null;
    }

    private static @Nullable Long amount(Choice choice) {
        return choice instanceof Choice.OfAmount amount ? Long.valueOf(amount.minor()) : null;
    }

    @Override
    public Mono<Void> off(AccountId account, Instant now) {
        return of(OFF, account).bind("now", now).then().transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> save(AccountId account, Card card, Choosing chosen, Instant at) {
        return ofCard(SAVE, account, card)
                .bind("chosen", chosen == Choosing.BY_OWNER)
                .bind("at", at)
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<AccountId> owner(String paymentMethod) {
        return database.sql(OWNER)
                .bind("paymentMethod", paymentMethod)
                .mapValue(String.class)
                .one()
                .map(AccountId::new)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> remove(AccountId account, String paymentMethod, Instant now) {
        return sqlTransaction
                .transactional(of(REMOVE, account)
                        .bind("paymentMethod", paymentMethod)
                        .bind("now", now)
                        .fetch()
                        .rowsUpdated()
                        .filter(rows -> rows == 1)
                        .flatMap(_ -> of(OFF_WITHOUT_CARD, account)
                                .bind("now", now)
                                .fetch()
                                .rowsUpdated())
                        .filter(rows -> rows == 1)
                        .flatMap(_ -> notices.post(new Notice(
                                account,
                                Notice.Kind.AUTO_TOP_UP_OFF,
                                paymentMethod + "-" + now.getEpochSecond(),
                                Map.of(Fact.REASON, "card_removed")))))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> renew(AccountId account, Card card) {
        return ofCard(RENEW, account, card).then().transform(PostgresFailures::told);
    }

    @Override
    public Mono<AccountId> accountOf(String customer) {
        return database.sql(ACCOUNT_OF)
                .bind("customer", customer)
                .mapValue(String.class)
                .one()
                .map(AccountId::new)
                .transform(PostgresFailures::told);
    }

    private DatabaseClient.GenericExecuteSpec of(String sql, AccountId account) {
        return database.sql(sql).bind("account", account.value());
    }

    private DatabaseClient.GenericExecuteSpec ofCard(String sql, AccountId account, Card card) {
        return of(sql, account)
                .bind("paymentMethod", card.paymentMethod())
                .bind("fingerprint", card.fingerprint())
                .bind("brand", Rows.orNull(card.brand()))
                .bind("last4", Rows.orNull(card.last4()));
    }
}
