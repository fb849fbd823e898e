package io.tollgate.billing.reversal.postgres;

import io.tollgate.billing.notice.Notices;
import io.tollgate.billing.reversal.Disputes;
import io.tollgate.billing.reversal.Refunds;
import io.tollgate.billing.reversal.ReversalBook;
import io.tollgate.billing.reversal.WhenLost;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.Grants;
import io.tollgate.metering.ledger.Ledger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class PostgresReversalConfiguration {

    @Bean
    Freezes billingFreezes(DatabaseClient database, Commands commands) {
        return new Freezes(database, commands);
    }

    @Bean
    MoneyMoves moneyMoves(Ledger ledger) {
        return new MoneyMoves(ledger);
    }

    @Bean
    CreditMoves creditMoves(DatabaseClient database, Clawbacks clawbacks, Grants grants, MoneyMoves money) {
        return new CreditMoves(database, clawbacks, grants, money);
    }

    @Bean
    SeenAtStripe seenAtStripe(
            DatabaseClient database, MoneyMoves money, Freezes freezes, Notices notices, WhenLost whenLost) {
        return new SeenAtStripe(new ReversalRows(database), money, freezes, notices, whenLost);
    }

    @Bean
    ReversalBook reversalBook(
            DatabaseClient database,
            TransactionalOperator sqlTransaction,
            CreditMoves credit,
            SeenAtStripe seen,
            Freezes freezes) {
        return new PostgresReversalBook(database, sqlTransaction, credit, seen, freezes);
    }

    @Bean
    Refunds refundLines(DatabaseClient database) {
        return new PostgresReversalLists(database).refunds();
    }

    @Bean
    Disputes disputeLines(DatabaseClient database) {
        return new PostgresReversalLists(database).disputes();
    }
}
