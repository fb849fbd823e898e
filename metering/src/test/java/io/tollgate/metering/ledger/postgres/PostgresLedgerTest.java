package io.tollgate.metering.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.postgres.TestAccounts;
import io.tollgate.metering.ledger.LedgerAccount;
import io.tollgate.metering.ledger.LedgerEntry;
import io.tollgate.metering.ledger.LedgerTransaction;
import io.tollgate.metering.ledger.Postings;
import io.tollgate.metering.postgres.BookOfRecord;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresLedgerTest {

    private final BookOfRecord book = BookOfRecord.fresh();
    private final PostgresLedger ledger = new PostgresLedger(book.client(), book.sqlTransaction());

    @AfterAll
    void close() {
        book.close();
    }

    @Test
    void booksManyTransactionsAtOnce() {
        AccountId account = TestAccounts.open(book);

        ledger.book(List.of(gift(account, "many:1", 10), gift(account, "many:2", 5)))
                .block();

        assertThat(book.number("SELECT CAST(sum(amount) AS bigint) FROM ledger_entry WHERE ledger_account = 'customer:"
                        + account + "'"))
                .isEqualTo(15);
    }

    @Test
    void booksTheSameCauseOnce() {
        AccountId account = TestAccounts.open(book);
        ledger.book(List.of(gift(account, "once", 10))).block();

        assertThatThrownBy(() -> ledger.book(List.of(gift(account, "fresh", 1), gift(account, "once", 10)))
                        .block())
                .hasMessageContaining("ledger_transaction_cause_kind_key");
        assertThat(book.number("SELECT count(*) FROM ledger_transaction WHERE cause = 'fresh'"))
                .isZero();
    }

    @Test
    void postgresItselfRefusesEntriesThatDoNotSumToZero() {
        AccountId account = TestAccounts.open(book);
        UUID id = UUID.randomUUID();
        book.client()
                .sql("INSERT INTO ledger_transaction (id, kind, cause, account) VALUES ($1, 'GRANT', 'lopsided', $2)")
                .bind(0, id)
                .bind(1, account.value())
                .then()
                .block();

        assertThatThrownBy(() -> book.client()
                        .sql("INSERT INTO ledger_entry VALUES ($1, $2, 'credits', 1)")
                        .bind(0, id)
                        .bind(1, "customer:" + account)
                        .then()
                        .block())
                .hasMessageContaining("do not sum to zero");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET amount = amount + 1",
                "DELETE FROM ledger_entry",
                "TRUNCATE ledger_entry",
                "UPDATE ledger_transaction SET cause = 'other'",
                "DELETE FROM ledger_transaction",
                "DELETE FROM ledger_account",
                "UPDATE usage_event SET charged_micros = 0",
                "DELETE FROM usage_event",
                "DELETE FROM usage_event_default",
                "UPDATE grant_record SET amount_micros = 1",
                "DELETE FROM account_command",
                "ALTER TABLE ledger_entry DISABLE TRIGGER ALL"
            })
    void theApplicationCannotRewriteHistory(String rewriting) {
        assertThatThrownBy(() -> book.client().sql(rewriting).then().block())
                .rootCause()
                .hasMessageMatching(".*(permission denied|must be owner).*");
    }

    private static LedgerTransaction gift(AccountId account, String cause, long micros) {
        return new LedgerTransaction(
                LedgerTransaction.Kind.GRANT,
                cause,
                account,
                new Postings()
                        .move(LedgerAccount.PROMOTIONS, LedgerAccount.customer(account), LedgerEntry.CREDITS, micros)
                        .entries());
    }
}
