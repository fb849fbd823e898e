package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Allowance;
import io.tollgate.metering.grant.Allowances;
import io.tollgate.metering.grant.Allowances.ReplaceResult;
import io.tollgate.metering.grant.Clawbacks;
import io.tollgate.metering.grant.Clawbacks.ClawbackResult;
import io.tollgate.metering.ledger.Books;
import io.tollgate.metering.ledger.Books.AccountBooks;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.Ending.Overage;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Orders of events between the stores' logs, with commands that take. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlushInterleavingsTest {

    private static final int CALLS = 200;

    private final Metering metering = Metering.start("tollgate.metering.courier.age=0s");
    private AccountId account = new AccountId("none");
    private long bought;

    @AfterAll
    void close() {
        metering.close();
    }

    @BeforeEach
    void openWithCreditForNineDollars() {
        account = metering.open();
        bought = metering.give(account, Credits.of(100), new Money(900, "usd")).grant();
    }

    @AfterEach
    void bothStoresAgreeAndNothingIsLeftOver() {
        metering.flushAll();
        AccountSnapshot live = got(metering.live().read(account));
        AccountSnapshot booked = got(metering.booked().snapshot(account));
        assertThat(booked.balance()).isEqualTo(live.balance());
        assertThat(booked.lots()).isEqualTo(live.lots());
        AccountBooks figures = got(metering.bean(Books.class).of(account));
        assertThat(figures.agree()).as("%s", figures).isTrue();
        assertThat(metering.book().number("SELECT count(*) FROM quarantine")).isZero();
        assertThat(metering.book().number("SELECT count(*) FROM incident")).isZero();
    }

    @Test
    void twoFlushersOnOnePartitionWithAClawbackInBetween() {
        Partition partition = metering.partitions().of(account);
        try (Metering other = metering.beside()) {
            Flux<Void> flushes = Flux.range(0, 40)
                    .concatMap(i -> Flux.merge(
                            metering.flusher().flush(partition),
                            other.flusher().flush(partition),
                            other.flusher().sweep()));
            Flux<Void> calls =
                    calls(CALLS / 2).thenMany(Mono.defer(this::takeBackSixty)).thenMany(calls(CALLS / 2));

            Flux.merge(calls, flushes).blockLast();
        }
        metering.flushAll();

        AccountBooks figures = got(metering.bean(Books.class).of(account));
        assertThat(figures.settled()).isEqualTo(CALLS);
        assertThat(figures.clawedBackMicros()).isEqualTo(60_000_000);
        assertThat(figures.postedMicros()).isEqualTo(40_000_000 - CALLS * 1_000);
        assertThat(metering.book().number("SELECT count(*) FROM account_event WHERE account = '" + account + "'"))
                .isEqualTo(2);
    }

    @Test
    void aHoldMadeBeforeMidnightAndSettledAfter() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        HoldId hold =
                HoldId.bornAt(today.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - 1);
        assertThat(got(metering.reservations()
                        .hold(new HoldRequest(account, hold, Credits.of(5), Duration.ofMinutes(1)))))
                .isInstanceOf(HoldResult.Held.class);
        settle(hold);
        metering.flushAll();
        settle(hold);
        forgetTheCursor();

        metering.flushAll();

        assertThat(metering.book()
                        .number("SELECT count(*) FROM usage_event WHERE account = '" + account + "' AND day = date '"
                                + today.minusDays(1) + "'"))
                .isEqualTo(1);
        assertThat(got(metering.bean(Books.class).of(account)).chargedMicros()).isEqualTo(4_000_000);
    }

    @Test
    void aGatewayDeadBetweenCommitAndPush() {
        try (Metering dying = metering.beside()) {
            got(dying.bean(Clawbacks.class).take(account, "refund of " + account, bought, Credits.of(60)));
            got(dying.bean(Allowances.class).replace(allowance("january")));
        }
        assertThat(got(metering.live().read(account)).balance().postedMicros()).isEqualTo(100_000_000);

        metering.bean(Courier.class).deliverWaiting().block();
        metering.bean(Courier.class).deliverWaiting().block();

        assertThat(got(metering.live().read(account)).balance().postedMicros()).isEqualTo(50_000_000);
        metering.flushAll();
        assertThat(metering.book()
                        .number("SELECT count(*) FROM account_command WHERE account = '" + account
                                + "' AND booked_at IS NULL"))
                .isZero();
    }

    @Test
    void anAllowanceReplacedUnderAHold() {
        push(got(metering.bean(Allowances.class).replace(allowance("january"))));
        HoldId hold = got(metering.hold(account, 8_000_000));
        push(got(metering.bean(Allowances.class).replace(allowance("february"))));
        metering.flushAll();

        settle(hold);

        metering.flushAll();
        AccountBooks figures = got(metering.bean(Books.class).of(account));
        assertThat(figures.chargedMicros()).isEqualTo(4_000_000);
        assertThat(figures.expiredMicros()).isEqualTo(6_000_000);
        assertThat(figures.postedMicros()).isEqualTo(110_000_000);
    }

    @Test
    void allowancesEndedUnderAHold() {
        push(got(metering.bean(Allowances.class).replace(allowance("january"))));
        HoldId hold = got(metering.hold(account, 8_000_000));
        Allowances.EndResult.Ended ended = (Allowances.EndResult.Ended)
                got(metering.bean(Allowances.class).end(account, "plan of " + account + " lost"));
        metering.bean(Courier.class).push(ended.command()).block();
        metering.flushAll();

        settle(hold);

        metering.flushAll();
        AccountBooks figures = got(metering.bean(Books.class).of(account));
        assertThat(figures.chargedMicros()).isEqualTo(4_000_000);
        assertThat(figures.expiredMicros()).isEqualTo(6_000_000);
        assertThat(figures.postedMicros()).isEqualTo(100_000_000);
        assertThat(metering.book().number("SELECT count(*) FROM quarantine WHERE account = '" + account + "'"))
                .isZero();
    }

    private Mono<Void> calls(int times) {
        return Flux.range(0, times)
                .flatMap(i -> metering.call(account, 1_000, 1_000), 16)
                .then();
    }

    private Mono<Void> takeBackSixty() {
        return metering.bean(Clawbacks.class)
                .take(account, "refund of " + account, bought, Credits.of(60))
                .cast(ClawbackResult.Taken.class)
                .flatMap(taken -> metering.bean(Courier.class).push(taken.command()));
    }

    private void push(ReplaceResult result) {
        metering.bean(Courier.class)
                .push(((ReplaceResult.Replaced) result).command())
                .block();
    }

    private void settle(HoldId hold) {
        assertThat(got(metering.reservations()
                        .end(account, hold, new Ending.Settle(Credits.of(4), Overage.DEBT, Metering.DETAIL))))
                .isInstanceOf(EndResult.Settled.class);
    }

    private Allowance allowance(String period) {
        return new Allowance(account, account + period, Credits.of(10), Credits.ZERO, Allowance.DEFAULT_PRIORITY, null);
    }

    private void forgetTheCursor() {
        metering.book()
                .owner()
                .sql("UPDATE flush_cursor SET booked_number = 0, marked_number = 0")
                .then()
                .block();
    }
}
