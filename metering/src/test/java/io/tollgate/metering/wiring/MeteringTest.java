package io.tollgate.metering.wiring;

import static io.tollgate.metering.postgres.BookOfRecord.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.AccountSnapshot;
import io.tollgate.metering.command.Courier;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.ledger.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

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
        assertThat(got(metering.booked().snapshot(account))).isEqualTo(live);
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
}
