package io.tollgate.metering.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

class SteadyTransactionManagerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int WHO_LEAVE = 1_000;
    private static final int LONGEST_NANOS = 1_500_000;

    private final BookOfRecord book = BookOfRecord.fresh();
    private final ConnectionPool pool = (ConnectionPool) book.connections();
    private final TransactionalOperator sqlTransaction =
            TransactionalOperator.create(new SteadyTransactionManager(new R2dbcTransactionManager(pool)));

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void whatIsWrittenAfterSomebodyLeftIsCommitted() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);

        for (int i = 0; i < WHO_LEAVE; i++) {
            Disposable work =
                    insert("left-" + i).as(sqlTransaction::transactional).subscribe(_ -> {}, _ -> {});
            LockSupport.parkNanos(random.nextInt(LONGEST_NANOS));
            work.dispose();
            insert("stays-" + i).block(SOON);
        }
        await().atMost(SOON).until(() -> pool.getMetrics().orElseThrow().acquiredSize() == 0);
        pool.dispose();

        assertThat(BookOfRecord.got(book.owner()
                        .sql("SELECT count(*) FROM account WHERE id LIKE 'stays-%'")
                        .mapValue(Long.class)
                        .one()))
                .as("seed %s", seed)
                .isEqualTo(WHO_LEAVE);
    }

    @Test
    void whatIsCommittedStays() {
        insert("stays").as(sqlTransaction::transactional).block(SOON);

        assertThat(book.number("SELECT count(*) FROM account WHERE id = 'stays'"))
                .isEqualTo(1);
    }

    private Mono<Void> insert(String account) {
        return DatabaseClient.create(pool)
                .sql("INSERT INTO account (id, name) VALUES (:id, 'somebody')")
                .bind("id", account)
                .then();
    }
}
