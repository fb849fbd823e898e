package io.tollgate.loadtest.benchmark.peer;

import java.util.List;

/** No gateway: what clients and upstream cost by themselves. */
final class Direct implements Peer {
    @Override
    public String name() {
        return "direct";
    }

    @Override
    public String description(Site site) {
        return "no gateway";
    }

    @Override
    public List<String> command(Site site, int port, List<String> moreJvmFlags) {
        return List.of();
    }

    @Override
    public boolean isJvm() {
        return false;
    }
}
