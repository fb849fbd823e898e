package io.tollgate.billing.notice.postgres;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import io.tollgate.billing.notice.Contact;
import io.tollgate.billing.notice.Contacts;
import io.tollgate.billing.notice.EmailAddress;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresContacts implements Contacts {

    private static final String OF = Sql.beside(PostgresContacts.class, "contact_of");
    private static final String PUT = Sql.beside(PostgresContacts.class, "contact_put");
    private static final String LEARN = Sql.beside(PostgresContacts.class, "contact_learn");

    private final DatabaseClient database;

    PostgresContacts(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Contact> of(AccountId account) {
        return database.sql(OF)
                .bind("account", account.value())
                .map(PostgresContacts::contact)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> put(AccountId account, Contact contact) {
        Credits lowCredit = contact.lowCredit();
        Parameter threshold = lowCredit == null
                ? Parameters.in(R2dbcType.BIGINT)
                : Parameters.in(R2dbcType.BIGINT, lowCredit.micros());
        EmailAddress email = contact.email();
        Parameter address =
                email == null ? Parameters.in(R2dbcType.VARCHAR) : Parameters.in(R2dbcType.VARCHAR, email.value());
        return database.sql(PUT)
                .bind("account", account.value())
                .bind("email", address)
                .bind("lowCredit", threshold)
                .then()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> learn(AccountId account, EmailAddress email) {
        return database.sql(LEARN)
                .bind("account", account.value())
                .bind("email", email.value())
                .then()
                .transform(PostgresFailures::told);
    }

    private static Contact contact(Readable row) {
        String email = row.get("email", String.class);
        Long lowCredit = row.get("low_credit_micros", Long.class);
        return new Contact(
                email == null ? null : new EmailAddress(email), lowCredit == null ? null : Credits.ofMicros(lowCredit));
    }
}
