package io.tollgate.gateway.proxy;

import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.gateway.connection.Exchange;
import io.tollgate.gateway.problem.Problems;

/** Sends admitted calls to their upstreams and their answers to the clients; however a call ends, its hold ends with it. */
public final class Proxy {

    private final CallSurroundings surroundings;

    Proxy(CallSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Forwards the call and relays its answer; to be called on the exchange's loop. */
    public void relay(Exchange exchange, OpenHold hold) {
        if (exchange.gone()) {
            hold.releaseAbandoned();
        } else {
            try {
                new UpstreamCall(exchange, hold, surroundings).start();
            } catch (RuntimeException e) {
                hold.release();
                exchange.refuse(Problems.of(e));
            }
        }
    }
}
