package io.tollgate.sandbox.stores;

/** A server in a container, or one somebody else runs: all we can do is give it back. */
record RemoteServer(String host, int port, Runnable release) implements Server {
    @Override
    public void close() {
        release.run();
    }
}
