package io.tollgate.metering.wiring.model;

import io.tollgate.metering.live.Calls;
import io.tollgate.metering.redis.ScriptClock;
import java.util.concurrent.atomic.AtomicLong;

/** The time by which all scripts of a run decide. It goes where the run sends it, backwards too. */
final class TestClock implements ScriptClock {

    private final AtomicLong nowMillis = new AtomicLong(Calls.START);

    @Override
    public long nowMillis() {
        return nowMillis.get();
    }

    void step(long millis) {
        nowMillis.addAndGet(millis);
    }
}
