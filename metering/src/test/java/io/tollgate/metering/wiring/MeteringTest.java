package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.account.BookedUpTo;
import io.tollgate.metering.command.Command;
import io.tollgate.metering.command.Commands;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.command.IssuedCommand;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.grant.Grants.GrantResult;
import io.tollgate.metering.ledger.Money;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeteringTest {

    private final Metering metering = Metering.start("tollgate.metering.courier.age=0s");

    @AfterAll
    void close() {
        metering.close();
    }

    @Test
    void theBookAgreesWithTheLiveStoreToTheMicro() {
        AccountId account = metering.open();
        metering.give(account, Credits.of(100), new Money(900, "usd"));
        metering.give(account, Credits.ofMicros(7), null);

        Flux.range(0, 200)
                .flatMap(i -> metering.call(account, 333_333, 123_457 + i), 32)
                .blockLast();
        metering.flushAll();

        AccountSnapshot live = got(metering.live().read(account));
        assertThat(got(metering.booked().snapshot(account)).at(BookedUpTo.NOTHING))
                .isEqualTo(live);
        assertThat(live.balance().postedMicros()).isEqualTo(100_000_007L - 200 * 123_457L - 199 * 100);
    }

    @Test
    void aCommandWhosePushWasLostIsDelivered() {
        AccountId account = metering.open();
        metering.giveOnly(account, Credits.of(1), null);
        metering.giveOnly(account, Credits.of(2), null);

        metering.bean(Courier.class).deliverWaiting().block();

        assertThat(got(metering.live().read(account)).balance().postedMicros()).isEqualTo(3_000_000);
    }

    @Test
    void aPushOutOfTurnBringsTheCommandsBeforeIt() {
        AccountId account = metering.open();
        metering.give(account, Credits.of(1), null);
        metering.giveOnly(account, Credits.of(2), null);
        GrantResult.Given third = metering.giveOnly(account, Credits.of(4), null);

        metering.bean(Courier.class).push(third.command()).block();

        assertThat(got(metering.live().read(account)).balance().postedMicros()).isEqualTo(7_000_000);
    }

    @Test
    void aCommandDeliveredTwiceTakesEffectOnce() {
        AccountId account = metering.open();
        GrantResult.Given given = metering.give(account, Credits.of(1), null);

        Flux.range(0, 10)
                .flatMap(i -> Flux.merge(
                        metering.bean(Courier.class).push(given.command()),
                        metering.bean(Courier.class).deliverWaiting()))
                .blockLast();
        metering.flushAll();

        assertThat(got(metering.booked().snapshot(account)).balance().postedMicros())
                .isEqualTo(1_000_000);
        assertThat(got(metering.bean(Commands.class).unapplied(account, 10).count()))
                .isZero();
    }

    @Test
    void aHoldWhoseSettleIsBookedIsNotChargedLateToo() {
        AccountId account = metering.open();
        metering.give(account, Credits.of(1), null);
        HoldId settled = got(metering.hold(account, 500));
        HoldId forgotten = got(metering.hold(account, 500));
        Ending.Settle settle = new Ending.Settle(Credits.ofMicros(400), Ending.Overage.DEBT, Metering.DETAIL);
        got(metering.reservations().end(account, settled, settle));
        metering.flushAll();

        assertThat(chargeLate(account, settled).blockOptional()).isEmpty();
        IssuedCommand late = got(chargeLate(account, forgotten));
        metering.bean(Courier.class).push(late).block();
        metering.flushAll();

        assertThat(got(chargeLate(account, forgotten))).isEqualTo(late);
        assertThat(got(metering.booked().snapshot(account)).balance().postedMicros())
                .isEqualTo(999_200);
        assertThat(got(metering.bean(Commands.class).unapplied(account, 10).count()))
                .isZero();
    }

    private Mono<IssuedCommand> chargeLate(AccountId account, HoldId hold) {
        Command late = new Command.LateCharge(hold.toString(), Credits.ofMicros(400), Metering.DETAIL.encode());
        return metering.bean(Commands.class).issue(account, hold.toString(), late);
    }

    @Test
    void theApplicationMigratesItsDatabaseAtStart() {
        try (Metering fresh = Metering.onEmptyDatabase()) {
            AccountId account = fresh.open();
            fresh.give(account, Credits.of(1), null);

            assertThat(got(fresh.live().read(account)).balance().postedMicros()).isEqualTo(1_000_000);
        }
    }
}
