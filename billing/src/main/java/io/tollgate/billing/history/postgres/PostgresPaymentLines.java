package io.tollgate.billing.history.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.history.Papers;
import io.tollgate.billing.history.PaymentLine;
import io.tollgate.billing.history.PaymentLines;
import io.tollgate.billing.payment.Payment;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class PostgresPaymentLines implements PaymentLines {

    private static final String OF_ACCOUNT = Sql.beside(PostgresPaymentLines.class, "of_account");
    private static final String FIND = Sql.beside(PostgresPaymentLines.class, "find");
    private static final String OF_GRANTS = Sql.beside(PostgresPaymentLines.class, "of_grants");
    private static final String KEEP = Sql.beside(PostgresPaymentLines.class, "keep");

    private final DatabaseClient database;

    PostgresPaymentLines(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<PaymentLine> of(AccountId account, Which which, @Nullable String before, int limit) {
        return database.sql(OF_ACCOUNT)
                .bind("account", account.value())
                .bind("invoiced", which == Which.WITH_INVOICE)
                .bind("before", orNull(before))
                .bind("limit", limit)
                .map(PostgresPaymentLines::line)
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<PaymentLine> find(AccountId account, String id) {
        return database.sql(FIND)
                .bind("account", account.value())
                .bind("id", id)
                .map(PostgresPaymentLines::line)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Flux<GrantPayment> ofGrants(AccountId account, Collection<Long> grants) {
        return database.sql(OF_GRANTS)
                .bind("account", account.value())
                .bind("grants", grants.toArray(Long[]::new))
                .map(row -> new GrantPayment(number(row, "grant_number"), text(row, "payment")))
                .all()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> keep(String payment, Papers papers) {
        return database.sql(KEEP)
                .bind("payment", payment)
                .bind("receiptUrl", orNull(papers.receiptUrl()))
                .bind("invoiceNumber", orNull(papers.invoiceNumber()))
                .bind("invoiceUrl", orNull(papers.invoiceUrl()))
                .bind("invoicePdf", orNull(papers.invoicePdf()))
                .bind("fetchedAt", requireNonNull(papers.fetchedAt()))
                .then()
                .transform(PostgresFailures::told);
    }

    private static PaymentLine line(Readable row) {
        return new PaymentLine(payment(row), number(row, "refunded_minor"), number(row, "disputed_minor"), papers(row));
    }

    private static Papers papers(Readable row) {
        return new Papers(
                row.get("receipt_url", String.class),
                row.get("invoice_number", String.class),
                row.get("invoice_url", String.class),
                row.get("invoice_pdf", String.class),
                row.get("fetched_at", Instant.class));
    }

    private static Payment payment(Readable row) {
        return new Payment(
                text(row, "id"),
                new AccountId(text(row, "account")),
                Payment.Kind.valueOf(text(row, "kind")),
                text(row, "title"),
                new Money(number(row, "paid_minor"), text(row, "currency")),
                Credits.ofMicros(number(row, "credits_micros")),
                row.get("payment_intent", String.class),
                row.get("invoice", String.class),
                row.get("session", String.class),
                row.get("grant_number", Long.class),
                requireNonNull(row.get("paid_at", Instant.class)));
    }

    private static Parameter orNull(@Nullable String text) {
        return text == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(text);
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
