package io.tollgate.metering.account.postgres;

import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.postgres.PostgresFailures;
import io.tollgate.metering.postgres.Sql;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Records what is fixed at installation, and lets no gateway start that is configured otherwise: with another count of partitions
 * it would look for accounts where they are not. Runs when the database is migrated and nothing else has started yet.
 */
final class InstallationCheck implements SmartInitializingSingleton {

    private static final String RECORD = Sql.beside(InstallationCheck.class, "record_installation");
    private static final String INSTALLED = Sql.beside(InstallationCheck.class, "installed_partitions");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DatabaseClient database;
    private final Partitions partitions;

    InstallationCheck(DatabaseClient database, Partitions partitions) {
        this.database = database;
        this.partitions = partitions;
    }

    /** Blocks: nothing may begin before it is known. */
    @Override
    public void afterSingletonsInstantiated() {
        refuseOtherPartitions().block(PATIENCE);
    }

    // Two statements: where two gateways come first at once, one of them reads what the other one has recorded.
    Mono<Void> refuseOtherPartitions() {
        return database.sql(RECORD)
                .bind("partitions", partitions.count())
                .then()
                .then(Mono.defer(
                        () -> database.sql(INSTALLED).mapValue(Integer.class).one()))
                .transform(PostgresFailures::told)
                .doOnNext(this::compare)
                .then();
    }

    private void compare(int installed) {
        if (installed != partitions.count()) {
            throw new IllegalStateException("tollgate.metering.partitions is configured as " + partitions.count()
                    + ", but this installation has " + installed
                    + " partitions: the count is fixed at installation and cannot be changed");
        }
    }
}
