package io.tollgate.metering.usage.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.AccountRemoval;
import io.tollgate.metering.account.BookedPositions;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.usage.PartitionFlusher;
import io.tollgate.metering.usage.Quarantine;
import io.tollgate.metering.usage.QuarantineDesk;
import io.tollgate.metering.usage.QuarantineMeter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuarantineSettings.class)
class QuarantineConfiguration {

    @Bean
    Quarantine quarantine(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Partitions partitions,
            Ledger ledger,
            Commands commands,
            FlushSettings flush,
            MeterRegistry meters) {
        OutcomeRows outcomes = new OutcomeRows(
                database, ledger, new QuarantineRows(database, commands), new DriftRows(database, meters));
        return new PostgresQuarantine(
                database,
                sqlTransaction,
                partitions,
                new CursorRows(database, partitions, flush.trimAfter()),
                new LateBooking(new StateRows(database, commands), outcomes));
    }

    @Bean
    QuarantineDesk quarantineDesk(
            Quarantine quarantine,
            PartitionFlusher flusher,
            AccountRemoval removal,
            BookedPositions book,
            Partitions partitions,
            MeterRegistry meters) {
        return new QuarantineDesk(quarantine, flusher, removal, book, partitions, new QuarantineMeter(meters));
    }

    @Bean
    BackgroundLoop quarantineLoop(QuarantineDesk desk, QuarantineSettings settings) {
        return new BackgroundLoop(
                "the quarantine desk",
                new BackgroundLoop.Pace(settings.interval(), settings.longestPause(), settings.shutdown()),
                desk.removeResolved(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
