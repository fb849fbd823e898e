package io.tollgate.billing.checkout.postgres;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;
import io.tollgate.billing.checkout.Customers;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

final class PostgresCustomers implements Customers {

    private static final String OF = Sql.beside(PostgresCustomers.class, "of");
    private static final String ADD = Sql.beside(PostgresCustomers.class, "add");
    private static final String CREATED = Sql.beside(PostgresCustomers.class, "created");
    private static final String ABANDON = Sql.beside(PostgresCustomers.class, "abandon");

    private final DatabaseClient database;

    PostgresCustomers(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Customer> of(AccountId account) {
        return find(account)
                .switchIfEmpty(Mono.defer(() -> add(account).then(find(account))))
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<String> created(AccountId account, String customerId) {
        return database.sql(CREATED)
                .bind("account", account.value())
                .bind("customer", customerId)
                .mapValue(String.class)
                .one()
                .transform(PostgresFailures::told);
    }

    @Override
    public Mono<Void> abandon(AccountId account, int attempt) {
        return database.sql(ABANDON)
                .bind("account", account.value())
                .bind("attempt", attempt)
                .then()
                .transform(PostgresFailures::told);
    }

    private Mono<Customer> find(AccountId account) {
        return database.sql(OF)
                .bind("account", account.value())
                .map(row -> customer(account, row))
                .one();
    }

    private Mono<Void> add(AccountId account) {
        return database.sql(ADD).bind("account", account.value()).then();
    }

    private static Customer customer(AccountId account, Readable row) {
        return new Customer(
                account, requireNonNull(row.get("attempt", Integer.class)), row.get("customer_id", String.class));
    }
}
