package io.tollgate.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;

/** What becomes of a request that was sent to an upstream. All methods are called on the connection's loop, none after an end or a break. */
public interface UpstreamEvents {

    /** The answer's head has come. */
    void head(HttpResponse head);

    /** A part has come; it is lent for the call. */
    void part(ByteBuf content);

    /** Nothing more is there to be read for now. */
    void pause();

    /** The answer is complete; the connection is the pool's again. */
    void end();

    /** The connection broke before the answer's end. */
    void broken(Throwable cause);
}
