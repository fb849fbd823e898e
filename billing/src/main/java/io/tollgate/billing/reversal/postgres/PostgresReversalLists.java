package io.tollgate.billing.reversal.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.reversal.DisputePhase;
import io.tollgate.billing.reversal.Disputes;
import io.tollgate.billing.reversal.RefundPhase;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import io.tollgate.billing.reversal.RefundRequest.State;
import io.tollgate.billing.reversal.Refunds;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refunds and disputes as they are looked at. */
final class PostgresReversalLists {

    private static final String REFUNDS = Sql.beside(PostgresReversalLists.class, "refund_lines");
    private static final String DISPUTES = Sql.beside(PostgresReversalLists.class, "dispute_lines");
    private static final String OPEN = Sql.beside(PostgresReversalLists.class, "disputes_open");

    /** Of one payment there are a few. */
    private static final int OF_PAYMENT_MAX = 1_000;

    private final DatabaseClient database;

    PostgresReversalLists(DatabaseClient database) {
        this.database = database;
    }

    Refunds refunds() {
        return new Refunds() {
            @Override
            public Flux<Refunds.Line> latest(int limit) {
                return lines(REFUNDS, null, limit, PostgresReversalLists::refund);
            }

            @Override
            public Flux<Refunds.Line> of(String payment) {
                return lines(REFUNDS, payment, OF_PAYMENT_MAX, PostgresReversalLists::refund);
            }
        };
    }

    Disputes disputes() {
        return new Disputes() {
            @Override
            public Flux<Disputes.Line> latest(int limit) {
                return lines(DISPUTES, null, limit, PostgresReversalLists::dispute);
            }

            @Override
            public Flux<Disputes.Line> of(String payment) {
                return lines(DISPUTES, payment, OF_PAYMENT_MAX, PostgresReversalLists::dispute);
            }

            @Override
            public Mono<Long> openAgainst(AccountId account) {
                return database.sql(OPEN)
                        .bind("account", account.value())
                        .mapValue(Long.class)
                        .one()
                        .transform(PostgresFailures::told);
            }
        };
    }

    private <L> Flux<L> lines(String sql, @Nullable String payment, int limit, Function<Readable, L> line) {
        Parameter of = payment == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(payment);
        return database.sql(sql)
                .bind("payment", of)
                .bind("limit", limit)
                .map(line)
                .all()
                .transform(PostgresFailures::told);
    }

    private static Refunds.Line refund(Readable row) {
        String askedBy = row.get("asked_by", String.class);
        String phase = row.get("phase", String.class);
        String state = row.get("state", String.class);
        return new Refunds.Line(
                row.get("id", String.class),
                row.get("request", String.class),
                text(row, "payment"),
                new AccountId(text(row, "account")),
                requireNonNull(row.get("amount_minor", Long.class)),
                text(row, "currency"),
                askedBy == null ? null : AskedBy.valueOf(askedBy),
                phase == null ? null : RefundPhase.valueOf(phase),
                state == null ? null : State.valueOf(state),
                row.get("reason", String.class),
                row.get("refused_because", String.class),
                requireNonNull(row.get("at", Instant.class)));
    }

    private static Disputes.Line dispute(Readable row) {
        return new Disputes.Line(
                text(row, "id"),
                text(row, "payment"),
                new AccountId(text(row, "account")),
                requireNonNull(row.get("amount_minor", Long.class)),
                text(row, "currency"),
                DisputePhase.valueOf(text(row, "phase")),
                row.get("reason", String.class),
                requireNonNull(row.get("opened_at", Instant.class)),
                requireNonNull(row.get("changed_at", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return requireNonNull(row.get(column, String.class));
    }
}
