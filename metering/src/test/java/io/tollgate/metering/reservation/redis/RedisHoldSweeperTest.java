package io.tollgate.metering.reservation.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.account.Balance;
import io.tollgate.metering.account.Partition;
import io.tollgate.metering.account.Partitions;
import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.Calls;
import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.RawRedis;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldSweeper;
import io.tollgate.sandbox.stores.SharedStores;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisHoldSweeperTest {

    private final String uri = SharedStores.instance().redis().freshUri();
    private final RedisLiveStore store = new RedisLiveStore(uri, new FakeBook());
    private final Calls calls = new Calls(store);
    private final Partition partition = store.bean(Partitions.class).of(calls.account);

    @BeforeEach
    void holdTwice() {
        store.now(Calls.START);
        calls.credit(1_000);
        calls.hold(Calls.newHold(), 100, Calls.TTL);
        calls.hold(Calls.newHold(), 10, Calls.TTL.multipliedBy(2));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private long sweep() {
        return Await.value(store.bean(HoldSweeper.class).sweep(partition));
    }

    @Test
    void returnsWhatIsDueAndNothingElse() {
        assertThat(sweep()).isZero();
        store.now(Calls.START + Calls.TTL.toMillis());
        assertThat(sweep()).isEqualTo(1);

        assertThat(calls.position().balance()).isEqualTo(new Balance(1_000, 10));
    }

    @Test
    void findsNothingTheSecondTime() {
        store.now(Calls.START + Calls.TTL.toMillis());
        sweep();

        assertThat(sweep()).isZero();
        assertThat(calls.events()).hasSize(2);
    }

    @Test
    void endsTheOthersWhereOneCannotBeEnded() {
        String deadlines = "{tg:" + partition.number() + "}:deadlines";
        try (RawRedis raw = new RawRedis(uri)) {
            raw.redis().zadd(deadlines, 0, calls.account + ":no-hold-id");
        }
        store.now(Calls.START + Calls.TTL.toMillis());

        assertThatThrownBy(this::sweep).isInstanceOf(IllegalArgumentException.class);

        assertThat(calls.position().balance()).isEqualTo(new Balance(1_000, 10));
    }

    @Test
    void forgetsDeadlinesOfHoldsThatAreGone() {
        HoldId lost = Calls.newHold();
        String deadlines = "{tg:" + partition.number() + "}:deadlines";
        try (RawRedis raw = new RawRedis(uri)) {
            raw.redis().zadd(deadlines, Calls.START, calls.account + ":" + lost);

            assertThat(sweep()).isZero();

            assertThat(raw.redis().zcard(deadlines)).isEqualTo(2);
        }
    }

    @Test
    void findsByItselfWhereSomethingIsDue() {
        HoldSweeper sweeper = store.bean(HoldSweeper.class);
        assertThat(Await.value(sweeper.sweepDue())).isZero();

        store.now(Calls.START + Duration.ofHours(1).toMillis()); // the store's turns are that far apart

        assertThat(Await.value(sweeper.sweepDue())).isEqualTo(2);
        assertThat(calls.position().balance()).isEqualTo(new Balance(1_000, 0));
    }
}
