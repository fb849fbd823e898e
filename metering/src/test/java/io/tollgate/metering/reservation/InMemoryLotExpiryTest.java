package io.tollgate.metering.reservation;

import io.tollgate.metering.live.InMemoryLiveStore;
import io.tollgate.metering.live.LiveStore;

class InMemoryLotExpiryTest extends LotExpiryContract {

    private final LiveStore store = new InMemoryLiveStore();

    @Override
    protected LiveStore store() {
        return store;
    }
}
