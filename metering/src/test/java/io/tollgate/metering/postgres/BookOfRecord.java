package io.tollgate.metering.postgres;

import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.tollgate.sandbox.stores.Database;
import io.tollgate.sandbox.stores.Login;
import io.tollgate.sandbox.stores.SharedStores;
import java.time.Duration;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * A migrated database of its own for a test class, reached as in production: the owner has migrated, the tests go through a
 * pool of the application's role.
 */
public final class BookOfRecord implements AutoCloseable {

    private static @Nullable Database migrated;

    private final Database place;
    private final ConnectionPool pool;

    private BookOfRecord(Database place) {
        this.place = place;
        // All test classes of a run share one Postgres, and many stay reachable after they ended: they keep no
        // connections.
        this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(connectionsOf(place, place.app()))
                .initialSize(0)
                .maxSize(20)
                .maxIdleTime(Duration.ofSeconds(2))
                .backgroundEvictionInterval(Duration.ofSeconds(1))
                .build());
    }

    public static BookOfRecord fresh() {
        return new BookOfRecord(SharedStores.instance().postgres().copyOf(migrated()));
    }

    /** Not migrated yet. */
    public static BookOfRecord empty() {
        return new BookOfRecord(SharedStores.instance().postgres().freshDatabase());
    }

    /** A replica as it is at this moment. Nobody may be connected to this one. */
    public BookOfRecord copy() {
        return new BookOfRecord(SharedStores.instance().postgres().copyOf(place));
    }

    /** The database itself, to be broken or looked at. */
    public Database place() {
        return place;
    }

    public ConnectionFactory connections() {
        return pool;
    }

    public DatabaseClient client() {
        return DatabaseClient.create(pool);
    }

    /** What only the owner of the tables may do. */
    public DatabaseClient owner() {
        return DatabaseClient.create(connectionsOf(place, place.owner()));
    }

    public TransactionalOperator sqlTransaction() {
        return TransactionalOperator.create(new R2dbcTransactionManager(pool));
    }

    /** The one number a query answers. */
    public long number(String sql) {
        return got(client().sql(sql).mapValue(Long.class).one());
    }

    /** What a publisher that must emit emits. */
    public static <T> T got(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(), "it was empty");
    }

    @Override
    public void close() {
        pool.dispose();
    }

    private static synchronized Database migrated() {
        Database known = migrated;
        if (known == null) {
            known = SharedStores.instance().postgres().freshDatabase();
            Flyway.configure()
                    .dataSource(
                            known.jdbcUrl(), known.owner().user(), known.owner().password())
                    .load()
                    .migrate();
            migrated = known;
        }
        return known;
    }

    private static ConnectionFactory connectionsOf(Database database, Login login) {
        return ConnectionFactories.get(ConnectionFactoryOptions.parse(database.r2dbcUrl())
                .mutate()
                .option(USER, login.user())
                .option(PASSWORD, login.password())
                .build());
    }
}
