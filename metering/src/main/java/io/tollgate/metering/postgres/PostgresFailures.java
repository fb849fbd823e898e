package io.tollgate.metering.postgres;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import io.tollgate.metering.store.StoreUnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
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
        return switch (failure) {
            case R2dbcTransientException _, CannotCreateTransactionException _ -> true;
            case R2dbcNonTransientResourceException resource -> isPassing(resource.getSqlState());
            case TransientDataAccessException _ -> true;
            case DataAccessResourceFailureException wrapped ->
                wrapped.getCause() == null || isPassing(wrapped.getCause());
            default -> failure instanceof IOException;
        };
    }

    // The driver has one exception for every SQLSTATE it does not know. Without a state the connection broke; else the
    // class tells: connection, resources, lock not to be had, operator's intervention, system.
    private static boolean isPassing(@Nullable String sqlState) {
        return sqlState == null
                || sqlState.startsWith("08")
                || sqlState.startsWith("53")
                || sqlState.startsWith("55")
                || sqlState.startsWith("57")
                || sqlState.startsWith("58");
    }

    private static StoreUnavailableException unavailable(Throwable failure) {
        return new StoreUnavailableException("Postgres did not answer as it should", failure);
    }
}
