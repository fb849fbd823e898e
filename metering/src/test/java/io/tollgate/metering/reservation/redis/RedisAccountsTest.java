package io.tollgate.metering.reservation.redis;

import static io.tollgate.metering.live.Calls.START;
import static io.tollgate.metering.live.Calls.newHold;
import static io.tollgate.metering.reservation.Ending.Overage.CUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.account.AccountInspection;
import io.tollgate.metering.account.AccountInspection.Found;
import io.tollgate.metering.account.AccountLoader.Loading;
import io.tollgate.metering.account.AccountRemoval.Removal;
import io.tollgate.metering.account.LotExpiry;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.RawRedis;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.usage.UsageEvent;
import io.tollgate.metering.usage.UsageEvent.Kind;
import io.tollgate.sandbox.stores.SharedStores;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only Redis knows of an account: its holds' keys, how long nobody used it, what was left in its place. */
class RedisAccountsTest {

    private final String uri = SharedStores.instance().redis().freshUri();
    private final RawRedis raw = new RawRedis(uri);
    private final RedisLiveStore store = new RedisLiveStore(uri, new FakeBook());
    private final Calls calls = new Calls(store);
    private final String partition =
            "{tg:" + store.bean(Partitions.class).of(calls.account).number() + "}:";

    @BeforeEach
    void startClock() {
        store.now(START);
    }

    @AfterEach
    void close() {
        store.close();
        raw.close();
    }

    private Found inspect() {
        return Await.value(store.bean(AccountInspection.class).inspect(calls.account));
    }

    @Test
    void anInspectionAddsUpTheHoldsThatAreThere() {
        calls.credit(1_000).grant(50, 10, START + 1_000);
        calls.held(300);
        calls.settle(calls.held(200), 100, CUT);
        HoldId lost = calls.held(70);
        Calls neighbour = new Calls(store);
        neighbour.hold(newHold(), 0);

        Found before = inspect();
        assertThat(before.agrees()).isTrue();
        assertThat(before.holds()).isEqualTo(Credits.ofMicros(370));
        assertThat(before.holdsFound()).isEqualTo(2);
        assertThat(before.open()).isEqualTo(2);
        assertThat(before.account()).isEqualTo(calls.position());
        assertThat(before.lastEvent()).isEqualTo(calls.lastEvent().position().number());

        raw.redis().del(partition + "hold:" + calls.account + ":" + lost);
        Found after = inspect();
        assertThat(after.agrees()).isFalse();
        assertThat(after.holds()).isEqualTo(Credits.ofMicros(300));
        assertThat(after.holdsFound()).isEqualTo(1);
        assertThat(after.account().heldMicros()).isEqualTo(370);
    }

    @Test
    void anInspectionShowsWhatHoldsKeepOfExpiredLots() {
        calls.grant(50, 10, START + 1_000).credit(7);
        calls.held(30);
        store.now(START + 1_000);

        Found found = inspect();

        assertThat(found.account().kept()).isEqualTo(calls.position().kept()).hasSize(1);
        assertThat(found.agrees()).isTrue();
    }

    @Test
    void anInspectionFindsNoAbsentAccount() {
        assertThat(store.bean(AccountInspection.class).inspect(calls.account).blockOptional())
                .isEmpty();
    }

    @Test
    void anAccountUsedLatelyIsNotEvicted() {
        calls.credit(1_000);

        assertThat(Await.value(
                        store.removal().evict(calls.account, store.standing(calls.account), Duration.ofHours(1))))
                .isEqualTo(Removal.BUSY);
    }

    @Test
    void anEvictedAccountLeavesAMarkerForAWhile() {
        calls.credit(1_000);
        Await.end(store.removal().evict(calls.account, store.standing(calls.account), Duration.ZERO));

        assertThat(raw.redis().pttl(partition + "account:" + calls.account))
                .isBetween(1L, Duration.ofMinutes(10).toMillis());
    }

    @Test
    void lotsOfAnAccountThatNobodyUsesExpireAllTheSame() {
        calls.grant(50, 10, START + 1_000);
        store.book(calls.position().at(store.standing(calls.account)));
        Await.end(store.removal().evict(calls.account, store.standing(calls.account), Duration.ZERO));
        store.now(START + 1_000);

        assertThat(Await.value(store.bean(LotExpiry.class).expire(calls.account)))
                .isEqualTo(Loading.IN_PLACE);
        assertThat(Await.value(store.bean(LotExpiry.class).expire(calls.account)))
                .isEqualTo(Loading.IN_PLACE);

        assertThat(calls.events()).extracting(UsageEvent::kind).containsExactly(Kind.GRANTED, Kind.LOTS_EXPIRED);
    }
}
