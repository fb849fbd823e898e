package io.tollgate.gateway.proxy;

import io.tollgate.gateway.admission.OpenHold;
import reactor.core.publisher.Mono;

/** Sends admitted calls to their upstreams and their answers to the clients; however a call ends, its hold ends with it. */
public final class Proxy {

    private final Upstreams upstreams;
    private final Watch watch;

    Proxy(Upstreams upstreams, Watch watch) {
        this.upstreams = upstreams;
        this.watch = watch;
    }

    /** Forwards the call and relays its answer; to be subscribed to on the exchange's loop. */
    public Mono<Void> relay(Exchange exchange, OpenHold hold) {
        return Mono.defer(() -> new UpstreamCall(exchange, hold, watch.on(exchange.loop())).through(upstreams));
    }
}
