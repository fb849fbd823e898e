package io.tollgate.gateway.proxy;

import io.netty.buffer.ByteBuf;

/** One of the ways an upstream's answer is passed on. Each of its ends ends the call's hold. */
interface Answer {

    /** A part has come; it is lent for the call. */
    void part(ByteBuf content);

    /** Nothing more is there for now. */
    default void pause() {}

    /** The upstream's answer is complete. */
    void end();

    /** Whether the client has nothing of it yet. */
    default boolean unseen() {
        return false;
    }

    /** It was broken off, by the upstream or by us; not called while it is unseen. */
    void cut(Cut why);

    /** The client has left before the end. */
    void clientGone();
}
