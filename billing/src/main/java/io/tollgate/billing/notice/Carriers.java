package io.tollgate.billing.notice;

import java.util.List;

/** Those of all webhook endpoints; each has a channel, a loop and a pool of connections of its own. */
public record Carriers(List<Carrier> all) {

    public Carriers {
        all = List.copyOf(all);
    }

    public Carrier of(Channel channel) {
        return all.stream()
                .filter(carrier -> carrier.channel().equals(channel))
                .findAny()
                .orElseThrow(() -> new IllegalStateException("nobody carries " + channel));
    }
}
