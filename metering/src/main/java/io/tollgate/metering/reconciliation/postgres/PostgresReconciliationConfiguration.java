package io.tollgate.metering.reconciliation.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountInspection;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.reconciliation.BookView;
import io.tollgate.metering.reconciliation.DriftRecord;
import io.tollgate.metering.reconciliation.FullReconciliation;
import io.tollgate.metering.reconciliation.InspectedAccounts;
import io.tollgate.metering.reconciliation.LiveView;
import io.tollgate.metering.reconciliation.RecentReconciliation;
import io.tollgate.metering.reconciliation.Reconciler;
import io.tollgate.metering.reconciliation.ReconciliationMeter;
import io.tollgate.metering.reconciliation.Runs;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.usage.BookedLately;
import io.tollgate.metering.usage.PartitionFlusher;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconciliationSettings.class)
class PostgresReconciliationConfiguration {

    /** Primary, since others who want to hear what is booked have theirs beside it. */
    @Bean
    @Primary
    BookedLately bookedLately(ReconciliationSettings settings) {
        return new BookedLately(settings.recentWaiting());
    }

    @Bean
    LiveView liveView(AccountInspection accounts, Partitions partitions, Epochs epochs) {
        return new InspectedAccounts(accounts, partitions, epochs);
    }

    @Bean
    BookView bookView(DatabaseClient database, Partitions partitions) {
        return new PostgresBookView(database, partitions);
    }

    @Bean
    DriftRecord driftRecord(DatabaseClient database) {
        return new DriftRows(database);
    }

    @Bean
    Runs reconciliationRuns(DatabaseClient database, TransactionalOperator sqlTransaction) {
        return new PostgresRuns(database, sqlTransaction, new DriftRows(database));
    }

    @Bean
    Reconciler reconciler(
            LiveView live,
            BookView book,
            PartitionFlusher flusher,
            Partitions partitions,
            ReconciliationSettings settings) {
        return new Reconciler(live, book, flusher, partitions, settings.bounds());
    }

    @Bean
    ReconciliationMeter reconciliationMeter(MeterRegistry meters, BookedLately lately) {
        return new ReconciliationMeter(meters, lately);
    }

    @Bean
    FullReconciliation fullReconciliation(
            Runs runs, Reconciler reconciler, ReconciliationMeter meter, ReconciliationSettings settings) {
        return new FullReconciliation(runs, reconciler, meter, settings.plan(), InstantSource.system());
    }

    @Bean
    RecentReconciliation recentReconciliation(
            BookedLately lately,
            Reconciler reconciler,
            DriftRecord record,
            ReconciliationMeter meter,
            ReconciliationSettings settings) {
        return new RecentReconciliation(lately, reconciler, record, meter, settings.recentAtOnce());
    }

    @Bean
    BackgroundLoop fullReconciliationLoop(FullReconciliation full, ReconciliationSettings settings) {
        return loop("the full reconciliation", settings.runInterval(), full.turn(), settings);
    }

    @Bean
    BackgroundLoop recentReconciliationLoop(RecentReconciliation recent, ReconciliationSettings settings) {
        return loop("the reconciler", settings.interval(), recent.turn(), settings);
    }

    private static BackgroundLoop loop(
            String name, Duration interval, Mono<Void> turn, ReconciliationSettings settings) {
        return new BackgroundLoop(
                name,
                new BackgroundLoop.Pace(interval, settings.longestPause(), settings.shutdown()),
                turn,
                Mono.empty(),
                Schedulers.parallel());
    }
}
