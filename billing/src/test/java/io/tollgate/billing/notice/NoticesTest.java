package io.tollgate.billing.notice;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.reactive.TransactionalOperator;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesTest {

    private final World world = World.still(
            "tollgate.billing.notices.webhooks[0].name=shop",
            "tollgate.billing.notices.webhooks[0].url=http://127.0.0.1:1/",
            "tollgate.billing.notices.webhooks[0].secrets=whsec_notices_of_a_test",
            "tollgate.billing.notices.webhooks[0].events=refunded,credit_granted");
    private final Notices notices = world.the(Notices.class);
    private final Contacts contacts = world.the(Contacts.class);
    private AccountId account = new AccountId("none");

    @BeforeEach
    void open() {
        account = world.account();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Nested
    class Posting {

        @Test
        void tellsAKindOncePerKey() {
            String key = "in_" + account;
            notices.post(new Notice(account, Notice.Kind.PAYMENT_FAILED, key, Fact.of(new Money(900, "usd"))))
                    .block();
            notices.post(new Notice(account, Notice.Kind.PAYMENT_FAILED, key, Fact.of(new Money(900, "usd"))))
                    .block();
            notices.post(new Notice(account, Notice.Kind.PAYMENT_RECOVERED, key, Fact.of(new Money(900, "usd"))))
                    .block();

            assertThat(channels(Notice.Kind.PAYMENT_FAILED)).isEqualTo("mail");
            assertThat(channels(Notice.Kind.PAYMENT_RECOVERED)).isEqualTo("mail");
        }

        @Test
        void goesWhereItsKindIsWanted() {
            notices.post(new Notice(account, Notice.Kind.REFUNDED, "re_" + account, Fact.of(new Money(900, "usd"))))
                    .block();
            notices.post(new Notice(account, Notice.Kind.CREDIT_GRANTED, account + "", Fact.of(Credits.ofMicros(1))))
                    .block();

            assertThat(channels(Notice.Kind.REFUNDED)).isEqualTo("mail webhook:shop");
            assertThat(channels(Notice.Kind.CREDIT_GRANTED)).isEqualTo("webhook:shop");
        }

        @Test
        void tellsOfBoughtCreditOnceHoweverOftenItIsFulfilled() {
            String session = world.paid(account);

            got(world.the(TopUps.class).fulfil(session, AskedBy.WEBHOOK));
            got(world.the(TopUps.class).fulfil(session, AskedBy.SUCCESS_PAGE));

            assertThat(channels(Notice.Kind.CREDIT_GRANTED)).isEqualTo("webhook:shop");
            assertThat(world.text(
                            "SELECT (facts->>'credits') || ' ' || (facts->>'amount_minor') || ' ' || (facts->>'title')"
                                    + " FROM notice WHERE kind = 'CREDIT_GRANTED' AND account = '" + account + "'"))
                    .isEqualTo("10 900 Small");
        }

        @Test
        void isUndoneWithTheCallersSqlTransaction() {
            Notice notice = new Notice(account, Notice.Kind.REFUNDED, "undone_" + account, Fact.of(Credits.ZERO));
            world.the(TransactionalOperator.class)
                    .execute(status -> {
                        status.setRollbackOnly();
                        return notices.post(notice);
                    })
                    .blockLast();

            assertThat(channels(Notice.Kind.REFUNDED)).isEmpty();
        }

        private String channels(Notice.Kind kind) {
            return world.text("SELECT coalesce(string_agg(channel, ' ' ORDER BY channel), '') FROM notice_delivery"
                    + " WHERE account = '" + account + "' AND kind = '" + kind.name() + "'");
        }
    }

    @Nested
    class Contacting {

        private final EmailAddress jane = new EmailAddress("jane@example.com");
        private final EmailAddress joe = new EmailAddress("joe@example.com");

        @Test
        void learnsTheLatestAddressThatCameUp() {
            contacts.learn(account, jane).block();
            contacts.learn(account, joe).block();

            assertThat(got(contacts.of(account))).isEqualTo(new Contact(joe, null));
        }

        @Test
        void takesTheOwnersWordOverWhatCameUp() {
            contacts.put(account, new Contact(jane, Credits.ofMicros(5))).block();
            contacts.learn(account, joe).block();

            assertThat(got(contacts.of(account))).isEqualTo(new Contact(jane, Credits.ofMicros(5)));
        }

        @Test
        void takesTheOwnersWordThatThereIsToBeNoMail() {
            contacts.learn(account, jane).block();
            contacts.put(account, Contact.NONE).block();
            contacts.learn(account, joe).block();

            assertThat(got(contacts.of(account))).isEqualTo(Contact.NONE);
        }
    }
}
