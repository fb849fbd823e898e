package io.tollgate.metering.reservation.redis;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.live.FakeBook;
import io.tollgate.metering.live.LiveStore;
import io.tollgate.metering.live.RedisLiveStore;
import io.tollgate.metering.reservation.TakingBackContract;
import io.tollgate.sandbox.stores.SharedStores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisTakingBackTest extends TakingBackContract {

    private static @Nullable RedisLiveStore store;

    @BeforeAll
    static void connect() {
        store = new RedisLiveStore(SharedStores.instance().redis().freshUri(), new FakeBook());
    }

    @AfterAll
    static void disconnect() {
        requireNonNull(store).close();
    }

    @Override
    protected LiveStore store() {
        return requireNonNull(store);
    }
}
