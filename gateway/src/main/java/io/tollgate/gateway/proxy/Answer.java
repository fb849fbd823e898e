package io.tollgate.gateway.proxy;

import org.reactivestreams.Publisher;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;

/** One of the ways an upstream's answer is passed on. */
interface Answer {

    /** Passes it on and ends the call's hold; an error signal means that the client has been told nothing yet, or is gone. */
    Publisher<Void> relay(HttpClientResponse upstream, ByteBufFlux body);

    /** The client has left before the end. */
    void clientGone();
}
