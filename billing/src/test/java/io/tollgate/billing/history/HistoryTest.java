package io.tollgate.billing.history;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.World;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Payments;
import io.tollgate.billing.topup.AskedBy;
import io.tollgate.billing.topup.TopUps;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import io.tollgate.sandbox.stripe.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {

    private static final HistorySettings SETTINGS =
            new HistorySettings(Duration.ofDays(1), Duration.ofMillis(500), 3, 2);

    private final World world = World.still("tollgate.billing.stripe.retries=0");
    private final PaymentLines lines = world.the(PaymentLines.class);
    private final Payments payments = world.the(Payments.class);
    private final AtomicInteger asked = new AtomicInteger();
    private Instant now = Instant.parse("2027-01-01T00:00:00Z");

    @AfterAll
    void close() {
        world.close();
    }

    @AfterEach
    void mend() {
        world.stripe().endOutage();
    }

    @Nested
    class ThePayments {

        @Test
        void areTheAccountsOwnNewestFirstAPageAtATime() {
            AccountId account = world.account();
            AccountId other = world.account();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                ids.addFirst(pay(account, "pay_" + account + "_" + i, null));
                pay(other, "pay_" + other + "_" + i, null);
            }
            History history = history(_ -> Mono.error(new AssertionError("asked")));

            List<PaymentLine> first = got(history.payments(account, null, 3));
            List<PaymentLine> rest =
                    got(history.payments(account, first.getLast().payment().id(), 3));

            assertThat(ids(first)).isEqualTo(ids.subList(0, 3));
            assertThat(ids(rest)).isEqualTo(ids.subList(3, 5));
        }

        @Test
        void sayWhatWentBackOfThem() {
            AccountId account = world.account();
            String id = pay(account, "pay_" + account, null);
            owner("INSERT INTO refund (id, payment, account, amount_minor, phase, refunded_at) VALUES ('re_1" + id
                    + "', '" + id + "', '" + account + "', 100, 'SUCCEEDED', now()), ('re_2" + id + "', '" + id + "', '"
                    + account + "', 50, 'PENDING', now()), ('re_3" + id + "', '" + id + "', '" + account
                    + "', 70, 'FAILED', now())");
            owner("INSERT INTO dispute (id, payment, account, amount_minor, phase, opened_at) VALUES ('du_1" + id
                    + "', '" + id + "', '" + account + "', 300, 'OPEN', now()), ('du_2" + id + "', '" + id + "', '"
                    + account + "', 400, 'WON', now())");

            PaymentLine line = got(lines.find(account, id));

            assertThat(line.refundedMinor()).isEqualTo(150);
            assertThat(line.disputedMinor()).isEqualTo(300);
        }

        @Test
        void ofOthersAreNotThere() {
            AccountId account = world.account();
            String id = pay(account, "pay_" + account, null);

            assertThat(history(_ -> Mono.error(new AssertionError("asked")))
                            .payment(world.account(), id)
                            .blockOptional())
                    .isEmpty();
        }

        @Test
        void areFoundByTheGrantTheyBrought() {
            AccountId account = world.account();
            String session = world.paid(account);
            got(world.the(TopUps.class).fulfil(session, AskedBy.WEBHOOK));
            long grant = world.book().number("SELECT number FROM grant_record WHERE account = '" + account + "'");
            String payment = world.text("SELECT id FROM payment WHERE account = '" + account + "'");

            History history = world.the(History.class);

            assertThat(got(history.paymentsOf(account, List.of(grant, 0L)))).isEqualTo(Map.of(grant, payment));
            assertThat(got(history.paymentsOf(world.account(), List.of(grant)))).isEmpty();
        }
    }

    @Nested
    class Links {

        @Test
        void areFetchedOnceADayAndKept() {
            AccountId account = world.account();
            String id = pay(account, "pay_" + account, "in_" + account);
            History history = history(_ -> Mono.just(papers("https://invoice/" + asked.incrementAndGet())));
            asked.set(0);

            PaymentLine first = got(history.payment(account, id));
            List<PaymentLine> again = got(history.invoices(account, null, 10));
            now = now.plus(Duration.ofHours(25));
            List<PaymentLine> nextDay = got(history.invoices(account, null, 10));

            assertThat(first.papers().invoiceUrl()).isEqualTo("https://invoice/1");
            assertThat(again).containsExactly(first);
            assertThat(nextDay.getFirst().papers().invoiceUrl()).isEqualTo("https://invoice/2");
            assertThat(got(history.payments(account, null, 10))
                            .getFirst()
                            .papers()
                            .receiptUrl())
                    .isEqualTo("https://receipt");
        }

        @Test
        void areThoseThatAreKnownWhileStripeIsAwayOrSlow() {
            AccountId account = world.account();
            String id = pay(account, "pay_" + account, "in_" + account);
            got(lines.keep(id, papers("https://old")).thenReturn(true));
            now = now.plus(Duration.ofDays(2));

            History away = history(_ -> Mono.error(new StripeUnavailableException(Effect.NONE, "away", null)));
            History slow = history(_ -> Mono.never());

            assertThat(got(away.payment(account, id)).papers().invoiceUrl()).isEqualTo("https://old");
            assertThat(got(slow.invoices(account, null, 10)).getFirst().papers().invoiceUrl())
                    .isEqualTo("https://old");
        }

        @Test
        void areAskedForAFewAtATime() {
            AccountId account = world.account();
            for (int i = 0; i < 6; i++) {
                pay(account, "pay_" + account + "_" + i, "in_" + account + "_" + i);
            }
            pay(account, "pay_" + account + "_without", null);
            asked.set(0);
            History history = history(_ -> Mono.just(papers("https://invoice/" + asked.incrementAndGet())));

            List<PaymentLine> page = got(history.invoices(account, null, 10));

            assertThat(page).hasSize(6);
            assertThat(asked).hasValue(SETTINGS.fetchesMax());
            got(history.invoices(account, null, 10));
            assertThat(got(history.invoices(account, null, 10)))
                    .allMatch(line -> line.papers().invoiceUrl() != null);
        }

        @Test
        void comeFromStripe() {
            AccountId account = world.account();
            String session = world.paid(account);
            got(world.the(TopUps.class).fulfil(session, AskedBy.WEBHOOK));
            String id = world.text("SELECT id FROM payment WHERE account = '" + account + "'");
            History history = world.the(History.class);
            world.stripe().outage(Outage.REFUSE, 0);
            assertThat(got(history.payment(account, id)).papers()).isEqualTo(Papers.UNKNOWN);
            world.stripe().endOutage();

            assertThat(got(history.payment(account, id)).papers().fetchedAt()).isNotNull();
        }
    }

    private History history(PapersAtStripe stripe) {
        return new History(lines, stripe, SETTINGS, () -> now);
    }

    private Papers papers(String url) {
        return new Papers("https://receipt", "INV-1", url, url + "/pdf", now);
    }

    private String pay(AccountId account, String id, @Nullable String invoice) {
        got(payments.add(new Payment(
                id,
                account,
                Payment.Kind.PLAN,
                "A plan",
                new Money(900, "usd"),
                Credits.of(10),
                "pi_" + id,
                invoice,
                null,
                null,
                now)));
        return id;
    }

    private void owner(String sql) {
        world.book().owner().sql(sql).then().block();
    }

    private static List<String> ids(List<PaymentLine> page) {
        return page.stream().map(line -> line.payment().id()).toList();
    }
}
