package io.tollgate.metering.postgres;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientException;
import io.tollgate.metering.store.StoreUnavailableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells "Postgres is away or overloaded" from our bugs. */
public final class PostgresFailures {

    private PostgresFailures() {}

    /** To be used with {@code transform}: a passing failure becomes a {@link StoreUnavailableException}. */
    public static <T> Mono<T> told(Mono<T> statement) {
        return statement.onErrorMap(PostgresFailures::isPassing, PostgresFailures::unavailable);
    }

    /** As {@link #told(Mono)}. */
    public static <T> Flux<T> told(Flux<T> statement) {
        return statement.onErrorMap(PostgresFailures::isPassing, PostgresFailures::unavailable);
    }

    static boolean isPassing(Throwable failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof CannotCreateTransactionException
                || failure instanceof R2dbcTransientException
                || failure instanceof R2dbcTimeoutException
                || failure instanceof R2dbcNonTransientResourceException;
    }

    private static StoreUnavailableException unavailable(Throwable failure) {
        return new StoreUnavailableException("Postgres did not answer as it should", failure);
    }
}
