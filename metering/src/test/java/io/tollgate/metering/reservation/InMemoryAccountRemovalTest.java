package io.tollgate.metering.reservation;

import io.tollgate.metering.live.InMemoryLiveStore;
import io.tollgate.metering.live.LiveStore;

class InMemoryAccountRemovalTest extends AccountRemovalContract {

    private final LiveStore store = new InMemoryLiveStore();

    @Override
    protected LiveStore store() {
        return store;
    }
}
