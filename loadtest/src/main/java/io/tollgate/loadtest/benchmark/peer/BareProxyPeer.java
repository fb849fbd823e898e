package io.tollgate.loadtest.benchmark.peer;

import java.util.ArrayList;
import java.util.List;

/** {@link BareProxy} under the same flags as the gateways. */
final class BareProxyPeer implements Peer {
    @Override
    public String name() {
        return "bare-proxy";
    }

    @Override
    public String description(Site site) {
        return "Netty's codecs and a connection pool, nothing else";
    }

    @Override
    public List<String> command(Site site, int port, List<String> moreJvmFlags) {
        List<String> flags = new ArrayList<>(site.jvmFlags());
        flags.addAll(moreJvmFlags);
        return Site.ownClass(BareProxy.class, flags, Integer.toString(port), Integer.toString(site.upstreamPort()));
    }
}
