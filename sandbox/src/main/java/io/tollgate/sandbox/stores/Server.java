package io.tollgate.sandbox.stores;

import java.nio.file.Path;

/** A running server, wherever it runs. Only servers we start as processes of our own can be broken on purpose. */
interface Server extends AutoCloseable {
    String host();

    int port();

    /** On the same port and data as before; does nothing to a server that runs. */
    default void start() {
        throw unsupported();
    }

    default void kill() {
        throw unsupported();
    }

    default void pause() {
        throw unsupported();
    }

    default void resume() {
        throw unsupported();
    }

    /** Where it keeps its files. */
    default Path data() {
        throw unsupported();
    }

    @Override
    void close();

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException(
                "Only embedded servers can be killed, paused and started again: use StoreSettings.embedded() or "
                        + StoreSettings.BACKEND + "=embedded");
    }
}
