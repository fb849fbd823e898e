package io.tollgate.metering.command.postgres;

import io.tollgate.metering.account.AccountLoader;
import io.tollgate.metering.account.BookedAccounts;
import io.tollgate.metering.background.BackgroundLoop;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.LiveCommands;
import io.tollgate.metering.command.StateChanges;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CourierSettings.class)
class PostgresCommandConfiguration {

    @Bean
    Commands commands(DatabaseClient database, TransactionalOperator sqlTransaction) {
        return new PostgresCommands(database, sqlTransaction);
    }

    @Bean
    StateChanges stateChanges(BookedAccounts accounts, Commands commands) {
        return new StateChanges(accounts, commands);
    }

    @Bean
    Courier courier(Commands commands, LiveCommands live, AccountLoader accounts, CourierSettings settings) {
        return new Courier(commands, live, accounts, settings.bounds());
    }

    @Bean
    BackgroundLoop courierLoop(Courier courier, CourierSettings settings) {
        return new BackgroundLoop(
                "the courier",
                new BackgroundLoop.Pace(settings.interval(), settings.longestPause(), settings.timeout()),
                courier.deliverWaiting(),
                Mono.empty(),
                Schedulers.parallel());
    }
}
