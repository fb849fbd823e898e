package io.tollgate.loadtest.benchmark.peer;

import java.util.List;

/** All peers there are, in the order in which reports name them. */
public final class Peers {
    private static final List<Peer> ALL =
            List.of(new Direct(), new BareProxyPeer(), new NginxLua(), new SpringCloudGateway(), new Tollgate());

    private Peers() {}

    public static List<Peer> named(List<String> names) {
        return names.stream().map(Peers::named).toList();
    }

    private static Peer named(String name) {
        return ALL.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such peer: " + name + "; there are "
                        + ALL.stream().map(Peer::name).toList()));
    }

    /** The names of those that this machine can run. */
    public static List<String> available() {
        return ALL.stream()
                .filter(peer -> !(peer instanceof NginxLua) || NginxLua.isInstalled())
                .map(Peer::name)
                .toList();
    }
}
