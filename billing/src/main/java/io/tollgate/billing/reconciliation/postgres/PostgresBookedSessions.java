package io.tollgate.billing.reconciliation.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.reconciliation.BookedSessions;
import io.tollgate.billing.reconciliation.SoldSessions.SoldSession;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

final class PostgresBookedSessions implements BookedSessions {

    private static final String OF = Sql.beside(PostgresBookedSessions.class, "booked_sessions");

    private final DatabaseClient database;

    PostgresBookedSessions(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Flux<BookedSession> of(List<SoldSession> sessions) {
        if (sessions.isEmpty()) {
            return Flux.empty();
        }
        String[] references = sessions.stream()
                .map(session -> Objects.requireNonNullElse(session.reference(), ""))
                .toArray(String[]::new);
        return database.sql(OF)
                .bind("sessions", sessions.stream().map(SoldSession::id).toArray(String[]::new))
                .bind("references", references)
                .map(PostgresBookedSessions::session)
                .all()
                .transform(PostgresFailures::told);
    }

    private static BookedSession session(Readable row) {
        return new BookedSession(
                requireNonNull(row.get("session", String.class)),
                row.get("order_id", String.class),
                row.get("account", String.class),
                row.get("state", String.class),
                row.get("paid_minor", Long.class),
                row.get("currency", String.class));
    }
}
