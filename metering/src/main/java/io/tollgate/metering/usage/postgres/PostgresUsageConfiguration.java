package io.tollgate.metering.usage.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.ledger.Ledger;
import io.tollgate.metering.recovery.Epoch;
import io.tollgate.metering.recovery.Epochs;
import io.tollgate.metering.usage.Backlog;
import io.tollgate.metering.usage.BookedLately;
import io.tollgate.metering.usage.ChargedLately;
import io.tollgate.metering.usage.EventBook;
import io.tollgate.metering.usage.EventPosition;
import io.tollgate.metering.usage.FlushMeter;
import io.tollgate.metering.usage.FlushProgress;
import io.tollgate.metering.usage.Flusher;
import io.tollgate.metering.usage.LossRecovery;
import io.tollgate.metering.usage.OlderEvents;
import io.tollgate.metering.usage.UsageStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FlushSettings.class, DaySettings.class})
class PostgresUsageConfiguration {

    @Bean
    EventBook eventBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Partitions partitions,
            Ledger ledger,
            Commands commands,
            UsageStream stream,
            FlushSettings settings,
            MeterRegistry meters) {
        QuarantineRows quarantine = new QuarantineRows(database, commands);
        return new PostgresEventBook(
                sqlTransaction,
                new CursorRows(database, partitions, settings.trimAfter()),
                new StateRows(database, commands),
                new OutcomeRows(database, ledger, quarantine, new DriftRows(database, meters)),
                stream,
                settings);
    }

    @Bean
    OlderEvents olderEvents(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            Partitions partitions,
            Ledger ledger,
            Commands commands,
            UsageStream stream,
            FlushSettings settings,
            MeterRegistry meters) {
        QuarantineRows quarantine = new QuarantineRows(database, commands);
        return new PostgresOlderEvents(
                sqlTransaction,
                new CursorRows(database, partitions, settings.trimAfter()),
                new RecoveryRows(database),
                new StateRows(database, commands),
                new OutcomeRows(database, ledger, quarantine, new DriftRows(database, meters)),
                stream,
                settings);
    }

    @Bean
    FlushProgress flushProgress(Partitions partitions, Epochs epochs) {
        return new FlushProgress(partitions, partition -> lastSeen(epochs.of(partition)));
    }

    @Bean
    Backlog backlog(FlushProgress progress, FlushSettings settings) {
        return new Backlog(progress, settings.maxBacklog(), System::nanoTime);
    }

    @Bean
    Flusher flusher(
            EventBook book,
            UsageStream stream,
            LossRecovery recovery,
            FlushProgress progress,
            Backlog backlog,
            FlushSettings settings,
            List<BookedLately> lately,
            ChargedLately charged,
            MeterRegistry meters) {
        Flusher.Width width = new Flusher.Width(settings.partitionsAtOnce(), settings.concurrency());
        return new Flusher(book, stream, recovery, progress, new FlushMeter(meters, backlog), lately, charged, width);
    }

    @Bean
    BackgroundLoop flushLoop(Flusher flusher, FlushSettings settings) {
        return new BackgroundLoop(
                "the flusher",
                new BackgroundLoop.Pace(settings.interval(), settings.longestPause(), settings.shutdown()),
                sometimes(flusher.sweep(), flusher.flushOwn(), settings),
                flusher.sweep(),
                Schedulers.parallel());
    }

    @Bean
    UsageDays usageDays(DatabaseClient database, DaySettings settings, MeterRegistry meters) {
        return new UsageDays(database, settings, new DayMeter(meters));
    }

    @Bean
    BackgroundLoop usageDaysLoop(UsageDays days, DaySettings settings) {
        return new BackgroundLoop(
                "the keeper of usage days",
                new BackgroundLoop.Pace(settings.interval(), settings.retry(), settings.timeout()),
                days.keep(),
                Mono.empty(),
                Schedulers.parallel());
    }

    private static EventPosition lastSeen(Epoch epoch) {
        return new EventPosition(epoch.epoch(), epoch.seen());
    }

    /** {@code rare} where its time has come, {@code usual} else; after a failure the rare one stays due. */
    private static Mono<Void> sometimes(Mono<Void> rare, Mono<Void> usual, FlushSettings settings) {
        AtomicLong dueNanos = new AtomicLong(System.nanoTime());
        return Mono.defer(() -> {
            long now = System.nanoTime();
            return now - dueNanos.get() < 0
                    ? usual
                    : rare.doOnSuccess(
                            done -> dueNanos.set(now + settings.sweep().toNanos()));
        });
    }
}
