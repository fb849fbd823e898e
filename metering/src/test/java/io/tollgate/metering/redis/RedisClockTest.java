package io.tollgate.metering.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tollgate.metering.live.Await;
import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.sandbox.stores.SharedStores;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisClockTest {

    private static final long TRUST = 3_000;
    private static final long AHEAD = 60_000;

    private static final RedisLiveStore STORE =
            new RedisLiveStore(SharedStores.instance().redis().freshUri(), new FakeBook());

    private final AtomicLong own = new AtomicLong(1_000_000);
    private final RedisClock clock =
            new RedisClock(STORE.bean(RedisConnections.class), own::get, Duration.ofMillis(TRUST));

    @AfterAll
    static void stop() {
        STORE.close();
    }

    /** Redis' clock is ahead, and looked at in the middle of the question. */
    private void hear(long tookMillis) {
        long asked = own.get();
        clock.hear(asked, own.addAndGet(tookMillis), asked + tookMillis / 2 + AHEAD);
    }

    @Test
    void isUnknownBeforeItWasHeard() {
        assertThat(clock.nowMillis()).isEqualTo(ScriptClock.UNKNOWN);
    }

    @Test
    void goesOnWithOursUntilItIsHeardAgain() {
        hear(10);
        own.addAndGet(TRUST);

        assertThat(clock.nowMillis()).isEqualTo(own.get() + AHEAD);
    }

    @Test
    void isNotTrustedForLong() {
        hear(10);
        own.addAndGet(TRUST + 1);

        assertThat(clock.nowMillis()).isEqualTo(ScriptClock.UNKNOWN);
    }

    @Test
    void isUnknownOnceOursWentBack() {
        hear(10);
        own.addAndGet(-1);

        assertThat(clock.nowMillis()).isEqualTo(ScriptClock.UNKNOWN);
    }

    @Test
    void isNotToldBySlowAnswers() {
        hear(21);

        assertThat(clock.nowMillis()).isEqualTo(ScriptClock.UNKNOWN);
    }

    @Test
    void isHeardFromRedis() {
        own.set(System.currentTimeMillis());

        Await.end(clock.listen());

        assertThat(clock.nowMillis()).isCloseTo(System.currentTimeMillis(), within(10_000L));
    }
}
