package io.tollgate.billing.payment.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresPayments implements Payments {

    private static final String ADD = Sql.beside(PostgresPayments.class, "add");
    private static final String FIND = Sql.beside(PostgresPayments.class, "find");
    private static final String OF_INTENT = Sql.beside(PostgresPayments.class, "of_intent");
    private static final String OF_INVOICE = Sql.beside(PostgresPayments.class, "of_invoice");
    private static final String OF_ACCOUNT = Sql.beside(PostgresPayments.class, "of_account");

    private final DatabaseClient database;

    PostgresPayments(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Boolean> add(Payment payment) {
        Long grant = payment.grant();
        return database.sql(ADD)
                .bind("id", payment.id())
                .bind("account", payment.account().value())
                .bind("kind", payment.kind().name())
                .bind("title", payment.title())
                .bind("paid", payment.paid().minor())
                .bind("currency", payment.paid().currency())
                .bind("credits", payment.credits().micros())
                .bind("paymentIntent", orNull(payment.paymentIntent()))
                .bind("invoice", orNull(payment.invoice()))
                .bind("session", orNull(payment.session()))
                .bind("grant", grant == null ? Parameters.in(R2dbcType.BIGINT) : Parameters.in(grant))
                .bind("paidAt", payment.paidAt())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1)
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Payment> find(String id) {
        return one(FIND, id);
    }

    @Override
    public Mono<Payment> ofIntent(String paymentIntent) {
        return one(OF_INTENT, paymentIntent);
    }

    @Override
    public Mono<Payment> ofInvoice(String invoice) {
        return one(OF_INVOICE, invoice);
    }

    @Override
    public Flux<Payment> of(AccountId account, @Nullable String before, int limit) {
        return database.sql(OF_ACCOUNT)
                .bind("account", account.value())
                .bind("before", orNull(before))
                .bind("limit", limit)
                .map(PostgresPayments::payment)
                .all()
                .transform(PostgresFailures::told);
    }

    private Mono<Payment> one(String sql, String key) {
        return database.sql(sql)
                .bind("key", key)
                .map(PostgresPayments::payment)
                .one()
                .transform(PostgresFailures::told);
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    private static Payment payment(Readable row) {
        return new Payment(
                text(row, "id"),
                new AccountId(text(row, "account")),
                Payment.Kind.valueOf(text(row, "kind")),
                text(row, "title"),
                new Money(requireNonNull(row.get("paid_minor", Long.class)), text(row, "currency")),
                Credits.ofMicros(requireNonNull(row.get("credits_micros", Long.class))),
                row.get("payment_intent", String.class),
                row.get("invoice", String.class),
                row.get("session", String.class),
                row.get("grant_number", Long.class),
                requireNonNull(row.get("paid_at", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
